// What must be there for a call to succeed: an object to make it on, and ids for the parameters that name one.
import { endpoints } from '../../contract/endpoints.ts';
import { anyExpandable } from '../../contract/expandable.ts';
import type { Hint, Pairs } from '../../contract/leaves.ts';
import type { World } from '../test.ts';
import { type Call, caller, type Json } from './caller.ts';

export const PAYMENT: Pairs = [['amount', '9900'], ['currency', 'usd']];
export const CONFIRM: Pairs = [
  ['confirm', 'true'],
  ['return_url', 'https://shop.example/return'],
  ['payment_method', 'pm_card_visa'],
];
const PAID: Pairs = [...PAYMENT, ['capture_method', 'automatic'], ...CONFIRM];
const ORDERED: Pairs = ['product_name', 'quantity', 'unit_cost'].map((name) => [`amount_details[line_items][0][${name}]`, '9']);
export const TAXED: Pairs = [
  ['currency', 'usd'],
  ['customer_details[address][country]', 'DE'],
  ['customer_details[address_source]', 'billing'],
  ['line_items[0][amount]', '1000'],
  ['line_items[0][reference]', 'L1'],
];

const AGREED: Pairs = [...CONFIRM.slice(0, 2), ['mandate_data[customer_acceptance][type]', 'offline']];
/** A bank account that may be debited. */
const DEBITED: Pairs = [
  ...AGREED,
  ['payment_method_data[type]', 'sepa_debit'],
  ['payment_method_data[sepa_debit][iban]', 'DE89370400440532013000'],
  ['payment_method_data[billing_details][name]', 'Ada'],
  ['payment_method_data[billing_details][email]', 'ada@shop.example'],
];
/** A bank account that waits for its deposits to be named. */
const UNVERIFIED: Pairs = [
  ...AGREED,
  ['payment_method_data[type]', 'us_bank_account'],
  ['payment_method_data[us_bank_account][account_number]', '000123456789'],
  ['payment_method_data[us_bank_account][routing_number]', '110000000'],
];

/** What the answer to a call can be asked to expand; most of the few that have nothing are deletions. */
function expandableIn(method: string, path: string): string {
  const endpoint = endpoints().find((it) => it.method === method && it.path === path);
  return (endpoint && anyExpandable(endpoint)) ?? 'nothing';
}

/** A world with one of each object. */
export class Scene {
  readonly ids: Record<string, string> = {};
  readonly call: Call;
  private readonly world: World;
  private count = 0;

  private constructor(world: World) {
    this.world = world;
    this.call = caller(world);
  }

  static async set(world: World): Promise<Scene> {
    const scene = new Scene(world);
    for (const [name, make] of Object.entries(OBJECTS)) scene.ids[name] = await make(scene);
    return scene;
  }

  id(name: string): string {
    const id = this.ids[name];
    if (!id) throw new Error(`there is no ${name}`);
    return id;
  }

  async make(path: string, ...params: Pairs): Promise<string> {
    return (await this.post(path, ...params)).id;
  }

  async post(path: string, ...params: Pairs): Promise<Json> {
    const { status, body } = await this.call('POST', path, params);
    if (status !== 200) throw new Error(`${path} ${JSON.stringify(params)}: ${JSON.stringify(body)}`);
    return body;
  }

  /** The path of a call, on an object that no call has spoiled before. */
  async place(method: string, path: string): Promise<string> {
    const [, collection = '', action = ''] = /^\/v1\/(.*?)\/{id}\/?(.*)$/.exec(path) ?? [];
    if (collection === '') return path;
    const make = (method === 'GET' && READ[collection]) || TARGETS[collection];
    if (!make) throw new Error(`there is nothing to call ${path} on`);
    const ids = [await make(this, action)].flat();
    return path.replaceAll('{id}', () => ids.shift() ?? '');
  }

  /** Values for the parameters of a call, where not any text or number will do. */
  async hints(method: string, path: string): Promise<Hint> {
    const owner = { '/v1/payment_methods': 'customer', '/v1/setup_attempts': 'setup_intent', '/v1/subscription_items': 'subscription' }[path];
    const ofOwner: Pairs = owner ? [[owner, this.id(owner)]] : [];
    const list = method === 'GET' ? await this.call('GET', await this.place(method, path), ofOwner) : undefined;
    const cursor: string | undefined = list?.body.data?.[0]?.id;
    const expansion = expandableIn(method, path);
    return (name) => {
      if (name === 'expand[0]') return expansion;
      if (cursor && (name === 'starting_after' || name === 'ending_before')) return cursor;
      const last = /(\w+)\]?(\[\d+\])?$/.exec(name)?.[1] ?? '';
      return HINTS.find(([names]) => names.test(name))?.[1](this) ?? this.ids[last];
    };
  }

  unique(): string {
    this.count += 1;
    return `unique-${this.count}`;
  }

  /** What comes of a payment by this card a second later, by the list it stands in. */
  async aftermath(card: string, list: string): Promise<string> {
    const payment_intent = await this.make('/v1/payment_intents', ...PAID.slice(0, -1), ['payment_method', card]);
    await this.advance(1);
    const { body } = await this.call('GET', list, [['payment_intent', payment_intent]]);
    return body.data[0].id;
  }

  monthly(): Promise<string> {
    const price: Pairs = [['currency', 'usd'], ['unit_amount', '500'], ['product', this.id('product')]];
    return this.make('/v1/prices', ...price, ['recurring[interval]', 'month']);
  }

  /** Of a customer whose card pays for it. */
  subscription(): Promise<string> {
    const card: Pairs = [['default_payment_method', this.id('saved')]];
    return this.make('/v1/subscriptions', ['customer', this.id('customer')], ['items[0][price]', this.id('monthly')], ['items[1][price]', this.id('other_monthly')], ...card);
  }

  /** An invoice of one line that is not final. */
  async draft(): Promise<string> {
    const { id } = await this.post('/v1/invoices', ['customer', this.id('customer')], ['auto_advance', 'false']);
    await this.make('/v1/invoiceitems', ['customer', this.id('customer')], ['amount', '500'], ['currency', 'usd'], ['invoice', id]);
    return id;
  }

  charge(): Promise<string> {
    return OBJECTS.charge(this);
  }

  calculation(): Promise<string> {
    return OBJECTS.calculation(this);
  }

  async taxTransaction(): Promise<string> {
    const params: Pairs = [['calculation', await this.calculation()], ['reference', this.unique()]];
    return this.make('/v1/tax/transactions/create_from_calculation', ...params);
  }

  /** A tax transaction whose goods were sent, and its line. */
  async shippedSale(): Promise<{ id: string; line: string }> {
    const calculation = await this.make('/v1/tax/calculations', ...TAXED, ['shipping_cost[amount]', '500']);
    const params: Pairs = [['calculation', calculation], ['reference', this.unique()], ['expand[0]', 'line_items']];
    const { id, line_items } = await this.post('/v1/tax/transactions/create_from_calculation', ...params);
    return { id, line: line_items.data[0].id };
  }

  confirmationToken(): Promise<string> {
    return this.make('/v1/test_helpers/confirmation_tokens', ['payment_method', 'pm_card_visa']);
  }

  /** There may be sixteen. */
  async endpoint(): Promise<string> {
    const { data } = (await this.call('GET', '/v1/webhook_endpoints', [['limit', '100']])).body;
    for (const { id } of data.slice(8)) await this.call('DELETE', `/v1/webhook_endpoints/${id}`);
    return this.make('/v1/webhook_endpoints', ['url', 'http://127.0.0.1:9/hook'], ['enabled_events[0]', 'payout.paid']);
  }

  async advance(seconds: number): Promise<void> {
    const headers = { authorization: `Bearer ${this.world.secretKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ advance_seconds: seconds });
    await fetch(`${this.world.url}/_control/clock`, { method: 'POST', headers, body });
  }
}

export const SESSION = (scene: Scene): Pairs => [
  ['mode', 'payment'],
  ['success_url', 'https://shop.example/done'],
  ['line_items[0][price]', scene.id('price')],
  ['line_items[0][quantity]', '1'],
];

/** By the name of the parameters that take their ids. */
const OBJECTS = {
  customer: (it) => it.make('/v1/customers', ['address[country]', 'DE']),
  saved: (it) => it.make('/v1/payment_methods/pm_card_visa/attach', ['customer', it.id('customer')]),
  product: (it) => it.make('/v1/products', ['name', 'Mug']),
  price: (it) => it.make('/v1/prices', ['currency', 'usd'], ['unit_amount', '500'], ['product', it.id('product')]),
  coupon: (it) => it.make('/v1/coupons', ['percent_off', '10'], ['duration', 'forever']),
  promotion_code: (it) => it.make('/v1/promotion_codes', ['promotion[type]', 'coupon'], ['promotion[coupon]', it.id('coupon')]),
  payment_intent: (it) => it.make('/v1/payment_intents', ...PAID, ...ORDERED),
  charge: async (it) => (await it.post('/v1/payment_intents', ...PAID)).latest_charge,
  payment_method_configuration: async (it) =>
    (await it.post('/v1/payment_intents', ...PAYMENT)).payment_method_configuration_details.id,
  setup_intent: (it) => it.make('/v1/setup_intents', ...CONFIRM),
  mandate: async (it) => (await it.post('/v1/setup_intents', ...DEBITED)).mandate,
  shipping_rate: (it) =>
    it.make('/v1/shipping_rates', ['display_name', 'Post'], ['fixed_amount[amount]', '5'], ['fixed_amount[currency]', 'usd']),
  calculation: (it) => it.make('/v1/tax/calculations', ...TAXED),
  monthly: (it) => it.monthly(),
  other_monthly: (it) => it.monthly(),
  subscription: (it) => it.subscription(),
  invoice: (it) => it.draft(),
  invoiceitem: (it) => it.make('/v1/invoiceitems', ['customer', it.id('customer')], ['amount', '500'], ['currency', 'usd']),
  invoice_payment: async (it) => (await it.call('GET', '/v1/invoice_payments')).body.data[0].id,
  refund: async (it) => it.make('/v1/refunds', ['charge', await it.charge()]),
  dispute: (it) => it.aftermath('pm_card_createDispute', '/v1/disputes'),
  session: (it) => it.make('/v1/checkout/sessions', ...SESSION(it)),
  early_fraud_warning: (it) => it.aftermath('pm_card_createIssuerFraudRecord', '/v1/radar/early_fraud_warnings'),
  webhook_endpoint: (it) => it.endpoint(),
  tax_transaction: (it) => it.taxTransaction(),
  cvc_token: (it) => it.make('/v1/tokens', ['cvc_update[cvc]', '123']),
} satisfies Record<string, (scene: Scene) => Promise<string>>;

/** By collection: what is read, which nothing spoils. */
const READ: Record<string, (scene: Scene) => string | string[]> = {
  'checkout/sessions': (it) => it.id('session'),
  charges: (it) => it.id('charge'),
  customers: (it) => [it.id('customer'), it.id('saved')],
  invoices: (it) => it.id('invoice'),
  subscriptions: (it) => it.id('subscription'),
  payment_intents: (it) => it.id('payment_intent'),
  'tax/calculations': (it) => it.id('calculation'),
  'tax/transactions': (it) => it.id('tax_transaction'),
};

/** By collection: what a call is made on, given what it does there. */
const TARGETS: Record<string, (scene: Scene, action: string) => Promise<string | string[]>> = {
  balance_transactions: async (it) => (await it.call('GET', '/v1/balance_transactions')).body.data[0].id,
  charges: (it) => OBJECTS.charge(it),
  'checkout/sessions': (it) => OBJECTS.session(it),
  confirmation_tokens: (it) => it.confirmationToken(),
  coupons: (it) => OBJECTS.coupon(it),
  customers: (it) => OBJECTS.customer(it),
  disputes: (it) => OBJECTS.dispute(it),
  events: async (it) => (await it.call('GET', '/v1/events')).body.data[0].id,
  payment_intents: (it, action) => it.make('/v1/payment_intents', ...(INTENTS[action] ?? PAYMENT)),
  payment_methods: async (it, action) => {
    const id = await it.make('/v1/payment_methods', ['type', 'card'], ['card[token]', 'tok_visa']);
    if (action !== 'attach') await it.make(`/v1/payment_methods/${id}/attach`, ['customer', it.id('customer')]);
    return id;
  },
  invoice_payments: async (it) => it.id('invoice_payment'),
  invoiceitems: (it) => OBJECTS.invoiceitem(it),
  invoices: invoice,
  mandates: async (it) => it.id('mandate'),
  prices: (it) => OBJECTS.price(it),
  products: (it) => OBJECTS.product(it),
  promotion_codes: (it) => OBJECTS.promotion_code(it),
  'radar/early_fraud_warnings': (it) => OBJECTS.early_fraud_warning(it),
  refunds: (it) => OBJECTS.refund(it),
  setup_intents: (it, action) => it.make('/v1/setup_intents', ...(action === 'verify_microdeposits' ? UNVERIFIED : [])),
  shipping_rates: (it) => OBJECTS.shipping_rate(it),
  subscription_items: subscriptionItem,
  subscriptions: subscription,
  'tax/calculations': (it) => OBJECTS.calculation(it),
  'tax/transactions': (it) => it.taxTransaction(),
  tokens: (it) => OBJECTS.cvc_token(it),
  webhook_endpoints: (it) => it.endpoint(),
};

const HELD: Pairs = [...PAYMENT, ...CONFIRM, ['capture_method', 'manual']];
const REQUEST = 'payment_method_options[card][request_incremental_authorization]';
const INTENTS: Record<string, Pairs> = {
  capture: HELD,
  verify_microdeposits: [...PAYMENT, ...UNVERIFIED],
  increment_authorization: [...HELD.slice(1), ['amount', '1999'], [REQUEST, 'if_available']],
};

/** Invoices that are final, but for those that are not to be. */
async function invoice(scene: Scene, action: string): Promise<string | string[]> {
  const id = await scene.draft();
  if (action === 'send') await scene.make(`/v1/invoices/${id}`, ['collection_method', 'send_invoice'], ['days_until_due', '30']);
  const { lines } = (await scene.call('GET', `/v1/invoices/${id}`)).body;
  if (['mark_uncollectible', 'pay', 'send', 'void'].includes(action)) await scene.make(`/v1/invoices/${id}/finalize`);
  return [id, lines.data[0].id];
}

async function subscription(scene: Scene, action: string): Promise<string> {
  const id = await scene.subscription();
  if (action === 'resume') await scene.make(`/v1/subscriptions/${id}/pause`, ['type', 'subscription']);
  return id;
}

async function subscriptionItem(scene: Scene): Promise<string> {
  const { body } = await scene.call('GET', '/v1/subscription_items', [['subscription', await scene.subscription()]]);
  return body.data[0].id;
}

/** By name; the first that fits. */
const HINTS: [RegExp, (scene: Scene) => string][] = [
  [/^query$/, () => 'metadata["order"]:"7"'],
  [/^(code|id|lookup_key|reference)$/, (it) => it.unique()],
  [/^(single_use\[)?amount(_to_\w+)?\]?$/, () => '9900'],
  [/^invoice_prefix$/, () => 'MUGS'],
  [/(^|\[)bank_account\]?\[country\]$/, () => 'US'],
  [/invoice_items\]?\[0\]\[price\]$/, (it) => it.id('price')],
  [/(items\]?\[0\]\[price\]|^price)$/, (it) => it.id('other_monthly')],
  [/^payment_method$/, () => 'pm_card_visa'],
  [/(^|\[)default_payment_method\]?$/, (it) => it.id('saved')],
  [/^confirmation_token$/, () => 'ctoken_1'],
  [/statement_descriptor_suffix\]?$/, () => 'MUGS'],
  [/allowed_payment_method_types\[0\]$/, () => 'card'],
  [/excluded_payment_method_types\[0\]$/, () => 'klarna'],
  [/applies_to\]?\[products\]\[0\]$/, (it) => it.id('product')],
  [/collection_method\]?$/, () => 'send_invoice'],
  [/currency\]?$/, () => 'usd'],
  [/country\]?$/, () => 'DE'],
  [/email(_address)?\]?$/, () => 'ada@shop.example'],
  [/url\]?$/, () => 'https://shop.example/return'],
  [/(_at|redeem_by|tax_date|due_date|proration_date|trial_end)\]?$|(^|\[)billing_cycle_anchor\]?$/, () => String(Math.floor(Date.now() / 1000) + 86_400)],
  [/default_price$/, (it) => it.id('price')],
  [/amount_details\]?\[shipping\]\[(from|to)_postal_code\]$/, () => '10115'],
  [/line_items\]\[0\]\[product_code\]$/, () => 'MUG-1'],
  [/^api_version$/, () => '2026-10-28.endive'],
  [/tax_code\]?$/, () => 'txcd_99999999'],
  [/decimal\]?$/, () => '99.5'],
  [/exp_month\]$/, () => '12'],
  [/exp_year\]$/, () => '2034'],
  [/card\]?\[number\]$/, () => '4242424242424242'],
  [/card\]?\[token\]$/, () => 'tok_visa'],
  [/cvc\]$/, () => '123'],
  [/iban\]$/, () => 'DE89370400440532013000'],
  [/routing_number\]$/, () => '110000000'],
  [/(^|\[)(us_)?bank_account\]?\[account_number\]$/, () => '000123456789'],
  [/custom_fields\[0\]\[key\]$/, () => 'size'],
  [/custom_fields\[0\]\[type\]$/, () => 'text'],
  [/dropdown\].*\[(default_)?value\]$/, () => 'small'],
  [/^descriptor_code$/, () => 'SM11AA'],
  [/confirmation_number\]$/, () => '12345678901'],
  [/product_description\]$/, () => 'Mugs'],
  [/expires_after_seconds\]$/, () => '3600'],
];
