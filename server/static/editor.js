// Puts the SPARQL editor in place of the plain form. Everything it asks, it asks of this host.
'use strict';

(() => {
  const place = document.getElementById('editor');
  const form = document.getElementById('plain-form');
  const Yasgui = globalThis.Yasgui;
  if (!place || !form || !Yasgui) return;
  place.hidden = false;
  form.hidden = true;
  // The prefix completer would look prefixes up on another host; ours stand in the query already.
  Yasgui.Yasqe.defaults.autocompleters = ['variables'];
  Yasgui.Yasqe.defaults.value = form.elements.query.value;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint: place.dataset.endpoint, method: 'POST' },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    endpointCatalogueOptions: { getData: () => [{ endpoint: place.dataset.endpoint }] },
    populateFromUrl: true,
  });
  const tab = yasgui.getTab();
  if (tab && !location.hash) tab.setQuery(form.elements.query.value);
})();
