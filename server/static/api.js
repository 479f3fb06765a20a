// Shows the API browser; the description comes from this host.
'use strict';

if (globalThis.SwaggerUIBundle) {
  globalThis.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger', validatorUrl: null, deepLinking: false });
}
