// Every payment method there is, asked for, paid and declined.
import type Stripe from 'stripe';
import { answerPage, expect, MANDATE, PAYMENT, RETURN_URL, test, tried } from './test.ts';

type Data = Stripe.PaymentIntentConfirmParams.PaymentMethodData;

const CURRENCIES = [
  ...['aud', 'brl', 'cad', 'chf', 'cny', 'czk', 'dkk', 'eur', 'gbp', 'hkd', 'inr', 'jpy', 'krw', 'mxn', 'myr', 'nok'],
  ...['nzd', 'pln', 'ron', 'sek', 'sgd', 'thb', 'usd', 'zar'],
];

/** What some of them must be told. */
const TOLD: Partial<Data> = {
  boleto: { tax_id: '000.000.000-00' },
  fpx: { bank: 'maybank2u' },
  sepa_debit: { iban: 'DE89370400440532013000' },
  us_bank_account: { account_number: '000123456789', routing_number: '110000000' },
};

const billing_details = {
  name: 'Ada Lovelace',
  email: 'succeed_immediately@shop.example',
  phone: '+32123456',
  address: { line1: 'Main Street 1', city: 'Ghent', country: 'BE', postal_code: '9000', state: 'Ghent' },
};

for (const answer of ['authorize', 'fail'] as const) {
  test(`every method, and its page: ${answer}`, async ({ stripe, sandbox }) => {
    const met = new Set<string>(['card']);
    for (const currency of CURRENCIES) {
      const shipping = { name: 'Ada Lovelace', address: { line1: 'Main Street 1' } };
      const params = { amount: 10_000, currency, shipping };
      const { payment_method_types } = await stripe.paymentIntents.create(params);
      for (const type of payment_method_types.filter((it) => !met.has(it)) as Data['type'][]) {
        met.add(type);
        const payment_method_data = { type, billing_details, [type]: TOLD[type as keyof Data] ?? {} } as Data;
        const { id } = await stripe.paymentIntents.create(params);
        const intent = await stripe.paymentIntents.confirm(id, {
          ...MANDATE,
          payment_method_data,
          payment_method_options: { wechat_pay: { client: 'web' } },
          return_url: RETURN_URL,
        });
        if (intent.next_action?.redirect_to_url) await answerPage(intent, answer);
      }
    }
    await sandbox.advance(60);
    const { data } = await stripe.paymentIntents.list({ limit: 100 });
    for (const { id } of data.filter(({ status }) => status === 'succeeded')) {
      await stripe.refunds.create({ payment_intent: id, amount: 1000 });
    }
    expect(met.size).toBe(45);
    await sandbox.advance(60);
  });
}

test('methods that are saved, and those that cannot be', async ({ stripe, sandbox }) => {
  const customer = await stripe.customers.create();
  for (const type of ['amazon_pay', 'bancontact', 'cashapp', 'ideal', 'klarna', 'paypal', 'sepa_debit'] as const) {
    const setup = stripe.setupIntents.create({
      confirm: true,
      customer: customer.id,
      ...MANDATE,
      payment_method_data: { type, billing_details, [type]: TOLD[type as keyof Data] ?? {} },
      return_url: RETURN_URL,
    });
    const page = async (it: Stripe.SetupIntent) => it.next_action?.redirect_to_url && answerPage(it, 'authorize');
    await tried(setup.then(page));
  }
  for (const name of ['success', 'insufficientFunds', 'processing', 'dispute']) {
    await stripe.paymentIntents.create({ ...PAYMENT, ...MANDATE, payment_method: `pm_usBankAccount_${name}` });
  }
  await sandbox.advance(300);
});
