// What real pages do to those who drive them, where a test asks for it: `/_control/quirks`. The sandbox tells of it with a
// group's session, or with a challenge. Knows no particular element.

/** Hidden frames with an element's title, behind its own, as the real document has them for purposes of its own. */
function addDecoys(wrapper, title, count) {
  for (let added = 0; added < count; added += 1) {
    const iframe = document.createElement('iframe');
    iframe.name = `__privateStripeFrame${randomDigits()}`;
    iframe.title = title;
    iframe.src = `${SANDBOX_ORIGIN}/v3/elements-inner-accessory-target-${ASSET_HASH}.html#controllerId=${CONTROLLER_ID}`;
    iframe.setAttribute('aria-hidden', 'true');
    iframe.tabIndex = -1;
    setStyles(iframe, {
      position: 'fixed', width: '1px', height: '1px', border: '0px', visibility: 'hidden', 'pointer-events': 'none',
    });
    wrapper.append(iframe);
  }
}
