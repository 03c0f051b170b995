// A frame laid over the whole page: a dialog. Knows nothing of what it shows.

/** Shows the frame; answers how to take it away, which gives the focus back. `level` says what lies above what. */
function showLayer({ iframe }, level = 0) {
  const returnFocusTo = document.activeElement;
  const { style } = document.documentElement;
  const before = style.overflow;
  const layer = document.createElement('div');
  setStyles(layer, {
    position: 'fixed', inset: '0px', margin: '0px', padding: '0px', 'z-index': String(2147483647 - level),
  });
  setStyles(iframe, {
    'color-scheme': 'light only',
    display: 'block', border: '0px', margin: '0px', padding: '0px', width: '100%', height: '100%',
  });
  layer.append(iframe);
  style.overflow = 'hidden';
  document.body.append(layer);
  return () => {
    layer.remove();
    style.overflow = before;
    returnFocusTo?.focus?.({ preventScroll: true });
  };
}
