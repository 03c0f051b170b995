// Next actions that tell the shopper how to pay: a voucher's numbers, or a code to scan with an app.

const VOUCHERS = ['boleto', 'konbini', 'multibanco', 'oxxo'];
const CODES = ['paynow', 'pix', 'promptpay', 'wechat_pay'];
const CODES_OR_APPS = ['cashapp', 'swish', 'upi'];

/** How often it is asked whether a scanned code was paid. */
const POLL_MS = 1_000;

for (const method of VOUCHERS) {
  const type = `${method}_display_details`;
  defineNextAction(type, (caller, reference, action, intent) => {
    const { hosted_voucher_url: url, ...details } = action[type];
    return showInstructions(caller, { method, kind: 'voucher', url, details, intent });
  });
}

for (const method of CODES) {
  const type = `${method}_display_qr_code`;
  defineNextAction(type, (caller, reference, action, intent) => showCode(caller, reference, method, action[type], intent));
}

for (const method of CODES_OR_APPS) {
  const type = `${method}_handle_redirect_or_display_qr_code`;
  defineNextAction(type, (caller, reference, action, intent) => {
    const { qr_code: code, mobile_auth_url: app, hosted_instructions_url: url } = action[type];
    if (isPhone()) return leaveFor(app ?? url);
    return showCode(caller, reference, method, { ...code, hosted_instructions_url: url }, intent);
  });
}

/** Small deposits are on their way to the account: what comes next is days away. */
defineNextAction('verify_with_microdeposits', () => undefined);

function isPhone() {
  return navigator.userAgentData?.mobile ?? /Mobi/.test(navigator.userAgent);
}

/** Ends when the code was paid or refused, or when the shopper closes it. */
function showCode(caller, reference, method, code, intent) {
  const { hosted_instructions_url: url, image_url_svg: image, expires_at: expiresAt } = code;
  let timer;
  const watch = (end) => {
    timer = setTimeout(async () => {
      const { body } = await retrieveIntent(caller, reference);
      if (body && body.status !== 'requires_action') end('answered');
      else watch(end);
    }, POLL_MS);
  };
  const details = { expires_at: expiresAt };
  const shown = showInstructions(caller, { method, kind: 'code', url, image, details, intent }, watch);
  return shown.finally(() => clearTimeout(timer));
}

/** Resolves to nothing once it is closed, or to an `{error}` if it could not be shown. */
async function showInstructions({ locale }, { intent: { amount, currency }, ...instructions }, opened = () => {}) {
  const ending = await showModal((end) => {
    const frame = createFrame({
      kind: 'payment-instructions',
      title: 'Payment instructions',
      receive: {
        hello(send) {
          send('start', { ...instructions, amount, currency, locale });
          frame.iframe.focus();
        },
        closed: () => end('closed'),
      },
    });
    opened(end);
    return frame;
  });
  return ending === 'unreachable' ? { error: connectionError() } : undefined;
}
