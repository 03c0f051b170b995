// Stripe.js as it was seen to behave passes for Stripe's own types under `tsc --strict`: what its methods answered, its
// elements, and what their events told, in a page that uses all of it.
import Stripe from 'stripe';
import { complaints } from '../../../bindings/official.ts';
import { connect } from '../client.ts';
import { expect, test } from '../elements/shop.ts';
import { declaration, unseen } from './declaration.ts';
import { KNOWN } from './known.ts';
import { callTheOthers, confirmByType, createElements, loseFrames, payByCard, payCheckout, payExpress, payInGroups } from './scenario.ts';
import { elements, events, makers, methods } from './surface.ts';
import { seenBy, watch } from './watch.ts';

const SDK = 'StripeCheckoutElementsSdk';
const ACTIONS = 'StripeCheckoutLoadActionsSuccess';
const LISTENERS = ['on', 'once', 'off'];
const ABSENT = KNOWN['Stripe: methods']?.absent ?? {};
const { created } = elements();
const WATCHED = {
  methods: Object.fromEntries([
    ['Stripe', methods('Stripe')],
    ['StripeElements', [...methods('StripeElements'), 'on']],
    [SDK, [...methods(SDK), 'on']],
    [ACTIONS, methods(ACTIONS)],
    ...created.map((it) => [it.type, [...it.methods, ...LISTENERS]] as [string, string[]]),
  ]),
  events: Object.fromEntries([...['StripeElements', SDK].map((type) => [type, events(type)] as const), ...created.map((it) => [it.type, it.events] as const)]),
  elements: Object.fromEntries(created.map((it) => [it.name, it.type])),
  makers: {
    elements: 'StripeElements', initCheckoutElementsSdk: SDK, ...makers(SDK),
    // One class for both: it has to pass for either.
    createExpressCheckoutElement: 'StripeExpressCheckoutElement',
  },
};

test('what a page sees of Stripe.js passes for Stripe\'s types, under tsc --strict', async ({ shop, world }) => {
  const stripe = connect(world, { httpClient: Stripe.createNodeHttpClient() });
  test.setTimeout(120_000);
  await shop.open();
  await watch(shop.page, WATCHED);
  const there = await createElements(shop, created);
  await loseFrames(shop, created.filter(({ name }) => there.includes(name)));
  await payByCard(shop, stripe);
  await payInGroups(shop, stripe);
  await payExpress(shop);
  await payCheckout(shop, stripe, Object.keys(makers(SDK)));
  await confirmByType(shop, stripe, methods('Stripe').filter((it) => /^confirm.+(Payment|Setup)$/.test(it)));
  await callTheOthers(shop, stripe, methods('Stripe').filter((it) => it in ABSENT));
  const seen = await seenBy(shop.page);
  expect(unseen(seen).sort()).toEqual([...UNSEEN, ...thrown()].sort());
  expect(complaints(declaration(seen))).toEqual([]);
  console.log(`${Object.values(seen).flatMap((it) => [...Object.keys(it.answers), ...Object.keys(it.events)]).length} answers and events of ${Object.keys(seen).length} objects`);

  // What is seen is what counts: one that answers something else does not pass.
  const paid = seen.Stripe?.answers.retrievePaymentIntent ?? [];
  const other = { ...seen, Stripe: { events: {}, ...seen.Stripe, answers: { ...seen.Stripe?.answers, retrievePaymentIntent: paid.map((it) => it.replace('"status": "', '"status": "x')) } } };
  expect(complaints(declaration(other)).join()).toContain('retrievePaymentIntent');
});

/** What the types have and the sandbox does not refuse, and still nothing came of it. */
const UNSEEN = ['StripePaymentElement never told savedpaymentmethodupdate'];

/** What is absent, as known.ts has it, and says so by throwing where the types leave no other way. */
function thrown(): string[] {
  const { absent = {} } = KNOWN.Elements ?? {};
  const creatable = created.map(({ name }) => name);
  const elements = Object.keys(absent).filter((it) => creatable.includes(it)).map((it) => `StripeElements only threw at create ${it}`);
  const ofCheckout = ['createTermsElement', 'createLinkSignupElement'].map((it) => `${SDK} only threw at ${it}`);
  return [...elements, ...ofCheckout, ...THROWN.map((it) => `Stripe only threw at ${it}`)];
}
const THROWN = ['createEmbeddedCheckoutPage', 'initCheckoutFormSdk', 'initializePricing', 'paymentRequest'];
