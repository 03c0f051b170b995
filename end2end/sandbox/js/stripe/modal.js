// A page of the sandbox laid over the merchant's page.

/** `open(end)` answers the frame to lay over the page; whoever calls `end(ending)` takes it away and resolves. */
function showModal(open) {
  return new Promise((resolve) => {
    const returnFocusTo = document.activeElement;
    const layer = document.createElement('div');
    const end = (ending) => {
      frame.remove(new Error('the modal has ended'));
      layer.remove();
      unlockScroll();
      returnFocusTo?.focus?.({ preventScroll: true });
      resolve(ending);
    };
    const frame = open(end);
    frame.ready.catch(() => end('unreachable'));
    setStyles(layer, { position: 'fixed', inset: '0px', margin: '0px', padding: '0px', 'z-index': '2147483647' });
    setStyles(frame.iframe, {
      'color-scheme': 'light only',
      display: 'block', border: '0px', margin: '0px', padding: '0px', width: '100%', height: '100%',
    });
    layer.append(frame.iframe);
    const unlockScroll = lockScroll();
    document.body.prepend(layer);
  });
}

/** Keeps the page behind a modal from scrolling; answers how to undo it. */
function lockScroll() {
  const { style } = document.documentElement;
  const before = style.overflow;
  style.overflow = 'hidden';
  return () => {
    style.overflow = before;
  };
}
