// Pages work without this. With it, a permalink (#span-start-end) shows its stretch of the text, and nothing but it.
'use strict';

function showPlace() {
  for (const mark of document.querySelectorAll('mark.here')) mark.classList.remove('here');
  const match = /^#span-(\d+)-(\d+)$/.exec(location.hash);
  if (!match) return;
  const [start, end] = [Number(match[1]), Number(match[2])];
  let first = null;
  for (const mark of document.querySelectorAll('.reading mark[data-at]')) {
    const at = Number(mark.dataset.at);
    if (at >= start && at < end) {
      mark.classList.add('here');
      first = first || mark;
    }
  }
  const anchor = first || document.getElementById(location.hash.slice(1));
  if (anchor) anchor.scrollIntoView({ block: 'center', behavior: 'instant' });
}

addEventListener('hashchange', showPlace);
showPlace();
