// `confirm<Method>Payment` and `confirm<Method>Setup`: one line each, the name and the payment method's type.

const CONFIRMATIONS = {
  confirmAcssDebitPayment: 'acss_debit',
  confirmAcssDebitSetup: 'acss_debit',
  confirmAffirmPayment: 'affirm',
  confirmAfterpayClearpayPayment: 'afterpay_clearpay',
  confirmAlipayPayment: 'alipay',
  confirmAmazonPaySetup: 'amazon_pay',
  confirmAuBecsDebitPayment: 'au_becs_debit',
  confirmAuBecsDebitSetup: 'au_becs_debit',
  confirmBacsDebitSetup: 'bacs_debit',
  confirmBancontactPayment: 'bancontact',
  confirmBancontactSetup: 'bancontact',
  confirmBilliePayment: 'billie',
  confirmBlikPayment: 'blik',
  confirmBlikSetup: 'blik',
  confirmBoletoPayment: 'boleto',
  confirmCardPayment: 'card',
  confirmCardSetup: 'card',
  confirmCashappPayment: 'cashapp',
  confirmCashappSetup: 'cashapp',
  confirmCustomerBalancePayment: 'customer_balance',
  confirmEpsPayment: 'eps',
  confirmFpxPayment: 'fpx',
  confirmGiropayPayment: 'giropay',
  confirmGrabPayPayment: 'grabpay',
  confirmIdealPayment: 'ideal',
  confirmIdealSetup: 'ideal',
  confirmKlarnaPayment: 'klarna',
  confirmKonbiniPayment: 'konbini',
  confirmMobilepayPayment: 'mobilepay',
  confirmMultibancoPayment: 'multibanco',
  confirmOxxoPayment: 'oxxo',
  confirmP24Payment: 'p24',
  confirmPayByBankPayment: 'pay_by_bank',
  confirmPayNowPayment: 'paynow',
  confirmPayPalPayment: 'paypal',
  confirmPayPalSetup: 'paypal',
  confirmPixPayment: 'pix',
  confirmPromptPayPayment: 'promptpay',
  confirmSepaDebitPayment: 'sepa_debit',
  confirmSepaDebitSetup: 'sepa_debit',
  confirmSofortPayment: 'sofort',
  confirmSofortSetup: 'sofort',
  confirmTwintPayment: 'twint',
  confirmUsBankAccountPayment: 'us_bank_account',
  confirmUsBankAccountSetup: 'us_bank_account',
  confirmWechatPayPayment: 'wechat_pay',
};

/** How the shopper agreed to debits: by pressing the page's button. */
const AGREED = { customer_acceptance: { type: 'online', online: { infer_from_client: true } } };

for (const [name, type] of Object.entries(CONFIRMATIONS)) {
  const prefix = name.endsWith('Setup') ? 'seti' : 'pi';
  const where = `stripe.${name}()`;
  defineMethods({
    async [name](clientSecret, data = {}, { handleActions = true } = {}) {
      const reference = readClientSecret(clientSecret, where, prefix);
      const { payment_method: method, payment_method_options: options, ...rest } = data;
      const form = copyOptions(rest, where);
      if (type !== 'card') form.mandate_data ??= AGREED;
      const code = await codeOf(this, options, where);
      if (code.error) return code;
      form.payment_method_options = code.options;
      const given = method ?? (await defaultMethod(this, reference, type));
      if (given?.error) return given;
      if (given === undefined || typeof given === 'string') {
        const send = (call) => this._call(call);
        return confirmIntent(this._caller, reference, { form: { ...form, payment_method: given }, send, handleActions });
      }
      const { send, form: payment_method_data } = readMethod(this, given, type, where);
      return confirmIntent(this._caller, reference, { form: { ...form, payment_method_data }, send, handleActions });
    },
  });
}

/** Where the page names no method, the intent's own counts; an intent without one is paid by a new one of this type. */
async function defaultMethod(stripe, reference, type) {
  if (type === 'card') return undefined;
  const { body: intent, error } = await retrieveIntent(stripe._caller, reference);
  if (error) return { error };
  return intent.payment_method ? undefined : {};
}

/** A saved card's security code, asked for again in a cardCvc Element, goes as a token. Answers `{options}` or `{error}`. */
async function codeOf(stripe, options, where) {
  const { cvc, ...card } = options?.card ?? {};
  if (!(cvc instanceof StripeElement)) return { options: options && copyOptions(options, where) };
  const { token, error } = await stripe.createToken('cvc_update', cvc);
  if (error) return { error };
  return { options: copyOptions({ ...options, card: { ...card, cvc_token: token.id } }, where) };
}
