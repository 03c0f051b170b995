// A page of the sandbox laid over the merchant's page. Knows nothing of what it shows.

/** Those that are open now: the page scrolls again when the last one is gone. */
const MODALS = new Set();

/**
 * `open(end)` answers the frame to lay over the page; whoever calls `end(ending)` takes it away and resolves. It resolves to
 * `unreachable` if the frame cannot be loaded. `level` says what lies above what: 0 is the top.
 */
function showModal(open, level = 0) {
  return new Promise((resolve) => {
    const returnFocusTo = document.activeElement;
    const layer = document.createElement('div');
    const end = (ending) => {
      if (!MODALS.delete(layer)) return;
      frame.remove(new IntegrationError('What was laid over the page was closed.'));
      layer.remove();
      if (MODALS.size === 0) unlockScroll();
      returnFocusTo?.focus?.({ preventScroll: true });
      resolve(ending);
    };
    const frame = open(end);
    frame.ready.catch(() => end('unreachable'));
    setStyles(layer, {
      position: 'fixed', inset: '0px', margin: '0px', padding: '0px', 'z-index': String(2147483647 - level),
    });
    setStyles(frame.iframe, {
      'color-scheme': 'light only',
      display: 'block', border: '0px', margin: '0px', padding: '0px', width: '100%', height: '100%',
    });
    layer.append(frame.iframe);
    if (MODALS.size === 0) lockScroll();
    MODALS.add(layer);
    document.body.prepend(layer);
  });
}

/** The page's own `overflow`, while it is kept from scrolling. */
let overflowBefore = '';

function lockScroll() {
  const { style } = document.documentElement;
  overflowBefore = style.overflow;
  style.overflow = 'hidden';
}

function unlockScroll() {
  document.documentElement.style.overflow = overflowBefore;
}
