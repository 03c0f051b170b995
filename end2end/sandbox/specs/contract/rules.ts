// What parameters need beside them, and which of them are refused though they are right.
import type { Pairs } from '../../contract/leaves.ts';
import { CONFIRM, type Scene, SESSION, TAXED } from './scene.ts';

interface Situation {
  call: RegExp;
  /** Which parameters; all, if left out. */
  param?: RegExp;
  /** Which of the others must go. */
  without?: RegExp | ((name: string, param: string) => boolean);
  beside?: (scene: Scene, param: string, place: string) => Pairs | Promise<Pairs>;
}

/** A price described on the spot. */
const PRICE_DATA = /(^|\[)price_data\]?(?=$|\[)/;

/** Calls that make a payment method of what they are given. */
const MADE_OF_DATA = /^POST (?!.*(payment_methods\/|disputes))/;

const SUBSCRIBED = async (scene: Scene): Promise<Pairs> => [
  ['customer', scene.id('customer')],
  ['default_payment_method', scene.id('saved')],
  ['items[0][price]', scene.id('monthly')],
];

const ONLINE: Pairs = [
  ['mandate_data[customer_acceptance][type]', 'online'],
  ['mandate_data[customer_acceptance][online][ip_address]', '127.0.0.1'],
  ['mandate_data[customer_acceptance][online][user_agent]', 'A browser'],
];

const TIERED: Pairs = [
  ['billing_scheme', 'tiered'],
  ['tiers_mode', 'graduated'],
  ['tiers[0][up_to]', 'inf'],
  ['tiers[0][unit_amount]', '5'],
];

/** The beginning of a name, up to and with this. */
function upTo(part: string, name: string): string {
  return new RegExp(`^.*?${part}`).exec(name)?.[0] ?? '';
}

/** What gives a price another way, in the same place as this `price_data`. */
function isBeside(name: string, param: string): boolean {
  const [start = ''] = param.split(PRICE_DATA);
  return ['price', 'amount', 'currency'].some((it) => name === (start === '' ? it : `${start}[${it}]`));
}

/** The rest of a `price_data`. */
function price(scene: Scene, param: string): Pairs {
  const start = new RegExp(`^.*?${PRICE_DATA.source}`).exec(param)?.[0] ?? '';
  const amount: Pairs = /(_decimal|tiers.*|custom.*)\]$/.test(param) ? [] : [[`${start}[unit_amount]`, '500']];
  return param.includes('product_data') ? amount : [...amount, [`${start}[product]`, scene.id('product')]];
}

const RETURN: Pairs = [['return_url', 'https://shop.example/return']];

/** The rest of a shipping rate described on the spot. */
function rate(start: string): Pairs {
  return [
    [`${start}[display_name]`, 'Post'],
    [`${start}[fixed_amount][amount]`, '5'],
    [`${start}[fixed_amount][currency]`, 'usd'],
  ];
}

/** The first line of the invoice that a call is made on. */
async function line(scene: Scene, place: string): Promise<string> {
  const { body } = await scene.call('GET', place.replace(/\w+$/, 'lines'));
  return body.data[0].id;
}

/** Later ones add to earlier ones. */
export const SITUATIONS: Situation[] = [
  // What can only be said with a confirmation.
  {
    call: /^POST \/v1\/(payment|setup)_intents$/,
    param: /^(confirm$|confirmation_token|error_on_requires_action|mandate|off_session|return_url|single_use)/,
    beside: () => CONFIRM,
  },
  { call: /\/confirm$/, beside: () => CONFIRM.slice(1) },
  { call: /./, param: /^(payment_method_data|confirmation_token)/, without: /^payment_method$/ },
  {
    call: /./,
    param: /^confirmation_token$/,
    beside: async (scene) => [['confirmation_token', await scene.confirmationToken()]],
  },
  { call: /test_helpers\/confirmation_tokens/, param: /^(?!payment_method_data)/, beside: () => CONFIRM.slice(2) },

  { call: /^POST \/v1\/setup_intents$/, param: /^use_stripe_sdk/, beside: () => CONFIRM },

  // The rest of a payment method.
  {
    call: /_intents|test_helpers/,
    param: /^payment_method_data($|\[(allow_redisplay|billing_details|metadata|radar_options|type))/,
    beside: () => [['payment_method_data[type]', 'card'], ['payment_method_data[card][token]', 'tok_visa']],
  },
  {
    call: /_intents|test_helpers/,
    param: /^payment_method_data/,
    beside: () => [
      ['payment_method_data[billing_details][name]', 'Ada'],
      ['payment_method_data[billing_details][email]', 'ada@shop.example'],
    ],
  },
  { call: MADE_OF_DATA, param: /(^|data\[)card\]?($|\[)/, beside: (_, name) => card(name) },
  { call: MADE_OF_DATA, param: /(^|data\[)card\]?\[token\]$/, without: /card\]?\[(number|exp|cvc)/ },
  { call: MADE_OF_DATA, param: /(^|data\[)(us_)?bank_account\]?($|\[)/, beside: (_, name) => account(name) },
  {
    call: /^POST \/v1\/payment_methods$/,
    param: /^(allow_redisplay|billing_details|customer|expand|metadata|payment_method$|radar_options|type)/,
    beside: () => [['card[token]', 'tok_visa'], ['type', 'card']],
  },
  { call: /^POST \/v1\/tokens$/, param: /^(customer|expand)/, beside: () => [['cvc_update[cvc]', '123']] },
  { call: /^GET \/v1\/payment_methods$/, beside: (scene) => [['customer', scene.id('customer')]] },
  {
    call: /\/confirm$/,
    param: /^payment_method_data/,
    beside: () => [['mandate_data[customer_acceptance][type]', 'offline']],
  },
  { call: /_intents/, param: /^mandate_data.*online\]/, beside: () => ONLINE },
  { call: /verify_microdeposits$/, param: /^expand/, beside: () => [['descriptor_code', 'SM11AA']] },
  { call: /verify_microdeposits$/, param: /^amounts/, beside: () => [['amounts[0]', '32'], ['amounts[1]', '45']] },
  { call: /\/attach$/, beside: (scene) => [['customer', scene.id('customer')]] },

  { call: /^POST \/v1\/prices$/, beside: (scene) => [['unit_amount', '500'], ['product', scene.id('product')]] },
  { call: /^POST \/v1\/prices$/, param: /^(unit_amount_decimal|custom_unit_amount)/, without: /^unit_amount/ },
  { call: /^POST \/v1\/prices$/, param: /^product_data/, without: /^product$/ },
  {
    call: /^POST \/v1\/products$/,
    param: /^default_price_data/,
    beside: () => [['default_price_data[unit_amount]', '500']],
  },
  {
    call: /^POST \/v1\/products$/,
    param: /^default_price_data\[(unit_amount_decimal|custom_unit_amount)/,
    without: /^default_price_data\[unit_amount/,
  },

  { call: /^POST \/v1\/coupons$/, beside: () => [['percent_off', '10'], ['duration', 'forever']] },
  { call: /^POST \/v1\/coupons$/, param: /^amount_off/, without: /^percent_off/, beside: () => [['currency', 'usd']] },
  { call: /^POST \/v1\/coupons$/, param: /^duration_in_months/, beside: () => [['duration', 'repeating']] },

  { call: /customer_sessions/, beside: (scene) => [['customer', scene.id('customer')]] },
  {
    call: /customer_sessions/,
    param: /^components\[(\w+)\]\[features\]\[payment_method_save_usage/,
    beside: () => [['components[payment_element][features][payment_method_save]', 'enabled']],
  },
  {
    call: /promotion_codes$/,
    param: /^restrictions\[minimum_amount_currency\]$/,
    beside: () => [['restrictions[minimum_amount]', '1']],
  },
  {
    call: /promotion_codes$/,
    param: /^restrictions\[minimum_amount\]$/,
    beside: () => [['restrictions[minimum_amount_currency]', 'usd']],
  },
  {
    call: /shipping_rates\/{id}$/,
    param: /\[eur\]\[tax_behavior/,
    beside: () => [['fixed_amount[currency_options][eur][amount]', '5']],
  },
  { call: /^POST \/v1\/promotion_codes$/, beside: (scene) => [['promotion[coupon]', scene.id('coupon')]] },
  {
    call: /^POST \/v1\/(invoiceitems|invoices|invoices\/create_preview)$/,
    beside: (scene) => [['customer', scene.id('customer')]],
  },
  {
    call: /^POST \/v1\/invoiceitems$/,
    param: /^(?!price_data|pricing|unit_amount_decimal)/,
    beside: () => [['amount', '500'], ['currency', 'usd']],
  },
  { call: /^POST \/v1\/subscriptions$/, beside: SUBSCRIBED },
  { call: /^GET \/v1\/subscription_items$/, beside: (scene) => [['subscription', scene.id('subscription')]] },
  {
    call: /^POST \/v1\/subscription_items$/,
    beside: async (scene) => [['price', await scene.monthly()], ['subscription', await scene.subscription()]],
  },
  {
    call: /^POST \/v1\/invoices\/create_preview$/,
    beside: (scene) => [['subscription_details[items][0][price]', scene.id('monthly')]],
  },
  {
    call: /^POST \/v1\/invoices\/create_preview$/,
    param: /^(invoice_items|subscription$)/,
    without: /^subscription_details/,
  },
  {
    call: /create_preview$/,
    param: /^invoice_items/,
    beside: () => [['invoice_items[0][amount]', '500'], ['invoice_items[0][currency]', 'usd']],
  },
  {
    call: /./,
    param: /add_invoice_items/,
    beside: (scene, name) => [[`${upTo('add_invoice_items\\]?', name)}[0][price]`, scene.id('price')]],
  },
  {
    call: /subscriptions\/{id}$/,
    param: /^items/,
    beside: async (scene) => [['items[0][price]', await scene.monthly()]],
  },
  { call: /^POST \/v1\/checkout\/sessions$/, beside: (scene) => SESSION(scene) },
  {
    call: /^POST \/v1\/checkout\/sessions$/,
    param: /^(subscription_data|payment_method_collection)/,
    beside: (scene) => [['mode', 'subscription'], ['line_items[0][price]', scene.id('monthly')]],
  },
  {
    call: /^POST \/v1\/checkout\/sessions$/,
    param: /^line_items.*\[recurring\]/,
    beside: () => [['mode', 'subscription']],
  },
  {
    call: /^POST \/v1\/checkout\/sessions$/,
    param: /^setup_intent_data/,
    without: /^line_items/,
    beside: () => [['mode', 'setup'], ['currency', 'usd']],
  },
  { call: /checkout\/sessions$/, param: /^customer_update/, beside: (scene) => [['customer', scene.id('customer')]] },
  {
    call: /^POST \/v1\/checkout\/sessions$/,
    param: /^(permissions|ui_mode)/,
    without: /^success_url$/,
    beside: () => [['ui_mode', 'elements'], ...RETURN],
  },
  {
    call: /^POST \/v1\/checkout\/sessions$/,
    param: /^(redirect_on_completion|return_url)/,
    without: /^success_url$/,
    beside: () => [['ui_mode', 'embedded_page'], ...RETURN],
  },
  {
    call: /checkout\/sessions\/{id}$/,
    param: /^line_items/,
    beside: (scene) => [['line_items[0][price]', scene.id('price')], ['line_items[0][quantity]', '1']],
  },
  {
    call: /checkout\/sessions/,
    param: /shipping_rate_data/,
    beside: (_, name) => rate(upTo('shipping_rate_data\\]?', name)),
  },
  {
    call: /./,
    param: PRICE_DATA,
    without: (name, param) => isBeside(name, param),
    beside: (scene, param) => price(scene, param),
  },
  { call: /invoices/, param: /pricing|unit_amount_decimal/, without: /(^|\[)amount\]?$/ },
  { call: /^POST \/v1\/invoiceitems$/, param: /^unit_amount_decimal/, beside: () => [['currency', 'usd']] },
  { call: /_lines$/, beside: async (scene, _, place) => [['lines[0][id]', await line(scene, place)]] },
  { call: /add_lines$/, without: /^lines\[0\]\[id\]$/ },
  { call: /invoices\/{id}\/pay$/, beside: (scene) => [['payment_method', scene.id('saved')]] },
  {
    call: /(invoices|subscriptions)(\/{id})?$/,
    param: /^(due_date|days_until_due)$/,
    beside: () => [['collection_method', 'send_invoice']],
  },
  { call: /^POST.*invoices(\/{id})?$/, param: /^collection_method$/, beside: () => [['days_until_due', '30']] },
  { call: /^POST.*subscriptions(\/{id})?$/, param: /^collection_method$/, beside: () => [['days_until_due', '30']] },
  { call: /^POST \/v1\/prices$/, param: /^(billing_scheme|tiers)/, without: /^unit_amount/, beside: () => TIERED },
  { call: /./, param: /^tiers\[0\]\[unit_amount_decimal/, without: /^tiers\[0\]\[unit_amount\]$/ },
  {
    call: /./,
    param: /^(default_price_data\[)?currency_options\]?\[eur\]\[tax_behavior/,
    beside: (_, name) => [[name.replace('tax_behavior', 'unit_amount'), '5']],
  },
  { call: /^POST \/v1\/refunds$/, beside: async (scene) => [['charge', await scene.charge()]] },
  { call: /^POST \/v1\/refunds$/, param: /^payment_intent$/, without: /^charge$/ },
  {
    call: /^POST \/v1\/shipping_rates$/,
    beside: () => [['fixed_amount[amount]', '5'], ['fixed_amount[currency]', 'usd'], ['type', 'fixed_amount']],
  },
  { call: /^POST \/v1\/tax\/calculations$/, beside: () => TAXED },
  { call: /^POST \/v1\/tax\/calculations$/, param: /^customer$/, without: /^customer_details/ },
  {
    call: /^POST \/v1\/tax\/calculations$/,
    param: /^shipping_cost\[tax/,
    beside: () => [['shipping_cost[amount]', '5']],
  },
  { call: /^POST \/v1\/tax\/calculations$/, param: /^shipping_cost\[shipping/, without: /^shipping_cost\[amount/ },
  {
    call: /create_from_calculation$/,
    beside: async (scene) => [['calculation', await scene.calculation()], ['reference', scene.unique()]],
  },
  {
    call: /create_reversal$/,
    beside: async (scene) => [['original_transaction', await scene.taxTransaction()], ['reference', scene.unique()]],
  },
  { call: /create_reversal$/, param: /^(flat_amount|line_items|shipping_cost)/, beside: () => [['mode', 'partial']] },
  { call: /create_reversal$/, param: /^flat_amount$/, beside: () => [['flat_amount', '-100']] },
  { call: /create_reversal$/, param: /^(line_items|shipping_cost)/, beside: partOfASale },
];

/** A sale with shipping, and what of it is given back: the shipping, or half of its line. */
async function partOfASale(scene: Scene, param: string): Promise<Pairs> {
  const sale = await scene.shippedSale();
  const [whole = ''] = /^(shipping_cost|line_items\[0\])/.exec(param) ?? ['line_items[0]'];
  const line: Pairs = [
    ['line_items[0][original_line_item]', sale.line],
    ['line_items[0][reference]', scene.unique()],
  ];
  return [
    ['original_transaction', sale.id],
    [`${whole}[amount]`, '-100'],
    [`${whole}[amount_tax]`, '-19'],
    ...(whole === 'shipping_cost' ? [] : line),
  ];
}

/** The beginning of a card that something of stands in this parameter. */
function card(param: string): Pairs {
  const start = /^.*?card\]?(?=$|\[)/.exec(param)?.[0] ?? '';
  return [
    // Of two networks.
    [`${start}[number]`, '4000002500001001'],
    [`${start}[exp_month]`, '12'],
    [`${start}[exp_year]`, '2034'],
  ];
}

function account(param: string): Pairs {
  const start = /^.*?bank_account\]?(?=$|\[)/.exec(param)?.[0] ?? '';
  return [
    [`${start}[account_number]`, '000123456789'],
    [`${start}[routing_number]`, '110000000'],
  ];
}

interface Refusal {
  call: RegExp;
  param: RegExp;
  /** How the answer's message goes. */
  says: RegExp;
  because: string;
}

export const REFUSED: Refusal[] = [
  {
    call: /./,
    param: /./,
    says: /^No such (account|customer_account|meter|payout|source|test_clock): /,
    because: 'the account has none',
  },
  {
    call: /./,
    param: /^expand/,
    says: /^This property cannot be expanded \(nothing\)\.$/,
    because: 'the answer holds no id of an object',
  },
  { call: /./, param: /./, says: /^Can only apply an application_fee/, because: 'no account is connected' },
  {
    call: /./,
    param: /./,
    says: /does not model payment method type/,
    because: 'debits and methods of other countries',
  },
  {
    call: /payment_intents/,
    param: /^payment_method_data/,
    says: /is not allowed for this PaymentIntent/,
    because: 'not in its currency',
  },
  {
    call: /setup_intents/,
    param: /^payment_method_data/,
    says: /is not allowed for this SetupIntent/,
    because: 'it pays once',
  },
  {
    call: /payment_intents/,
    param: /^statement_descriptor$/,
    says: /^A payment by card has no/,
    because: 'a card takes a suffix',
  },
  {
    call: /_intents/,
    param: /^mandate$/,
    says: /^The mandate \w+ is not active, or/,
    because: "it is another method's",
  },
  {
    call: /./,
    param: /(discount|id|invoice_item)\]$/,
    says: /^No such (discount|line.item|subscription_item|invoiceitem)/,
    because: 'it is of another',
  },
  {
    call: /./,
    param: /currency_options/,
    says: /tiers|Missing required param/,
    because: 'a currency has what the price itself has',
  },
  { call: /products\/{id}$/, param: /^default_price$/, says: /^No such price/, because: 'it is of another product' },
  { call: /./, param: /tax_rates/, says: /^No such tax rate/, because: 'there are none' },
  { call: /search$/, param: /^page$/, says: /next_page/, because: 'only an earlier answer has one' },
  { call: /./, param: /network/, says: /^The network `\w+` is not available/, because: 'a card has its own networks' },
  { call: /customers/, param: /^source$/, says: /^Customers keep PaymentMethods/, because: 'there are no sources' },
  {
    call: /customers/,
    param: /default_payment_method\]$/,
    says: /^No such PaymentMethod/,
    because: "it is none of the customer's",
  },
  {
    call: /./,
    param: /./,
    says: /for connected accounts only|^PaymentMethods are cloned/,
    because: 'no account is connected',
  },
  { call: /refunds$/, param: /./, says: /^The (charge|customer) has no/, because: 'no money went by these ways' },
  {
    call: /tax\/calculations$/,
    param: /country\]$/,
    says: /location is not known/,
    because: 'tax depends on the country',
  },
  {
    call: /refunds\/{id}\/cancel$/,
    param: /./,
    says: /^Refunds can be canceled only/,
    because: 'those of cards never wait for anybody',
  },
];
