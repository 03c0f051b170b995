// Everything that Stripe's types name is emulated, accepted, or absent for a reason, by what the running Stripe.js does.
import Stripe from 'stripe';
import { version } from '../../../bindings/official.ts';
import { connect } from '../client.ts';
import { type Shop, expect, test } from '../elements/shop.ts';
import { type Group, page as pageOf, sorted, type Found } from './page.ts';
import { absentElements, absentEvents, absentMethods, frameOf, refusals, Source, type Taker, takers } from './probe.ts';
import { type ElementType, elements, events, methods, type Option, options } from './surface.ts';

test('every method, element, option and event of the types is in docs/stripe-js.md as the running Stripe.js treats it', async ({ shop, world }) => {
  await shop.open();
  const stripe = connect(world, { httpClient: Stripe.createNodeHttpClient() });
  const ofStripe = await stripeMethods(shop, stripe);
  const ofActions = await actionsGroup(shop, stripe);
  // Every group would ask the sandbox what applies to its payment.
  await shop.page.evaluate(() => void (window.fetch = () => Promise.reject(new TypeError('not in this test'))));
  const { types, created } = elements();
  const all = await Source.of(world.url, ['payment', 'address', 'link-authentication', 'express-checkout']);
  const ofElements = await elementsGroup(shop, types);
  const there = created.filter(({ name }) => ofElements.emulated.includes(name));
  const groups = [
    ofStripe,
    await optionsGroup(shop, 'Stripe(): options', options('StripeConstructorOptions'), takers.stripe, all),
    ofElements,
    await methodsGroup(shop, 'elements(): methods', 'window.stripe.elements()', [...methods('StripeElements'), 'on']),
    sorted('elements(): events', new Map(events('StripeElements').map((it) => [it, told(all, it)]))),
    await optionsGroup(shop, 'appearance', options('Appearance'), takers.appearance, all),
    await optionsGroup(shop, 'elements(): options with a mode', options('StripeElementsOptionsMode'), takers.elements, all),
    await optionsGroup(shop, 'elements(): options with a client secret', options('StripeElementsOptionsClientSecret'), takers.elements, all),
    await optionsGroup(shop, 'elements(): what update() takes', options('StripeElementsUpdateOptions'), takers.groupUpdate, all),
  ];
  const sdk = 'StripeCheckoutElementsSdk';
  groups.push(
    await optionsGroup(shop, 'initCheckoutElementsSdk(): options', options(`${sdk}Options`), takers.checkout, all),
    await methodsGroup(shop, 'initCheckoutElementsSdk(): methods', takers.checkout({ clientSecret: 'cs_1_secret_1' }), [...methods(sdk), 'on']),
    sorted('initCheckoutElementsSdk(): events', new Map(events(sdk).map((it) => [it, told(all, it)]))),
    ofActions,
  );
  for (const one of there) groups.push(...(await elementGroups(shop, one, world.url)));
  expect(groups.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(pageOf(version, groups)).toMatchSnapshot(['docs', 'stripe-js.md']);
});

test('what is refused, unread, or not as known.ts has it, is named', async ({ shop, world }) => {
  await shop.open();
  const strange: Option[] = [
    { path: 'layout', samples: ['tabs', 'carousel'].map((layout) => ({ layout })) },
    { path: 'colour', samples: [{ colour: 'red' }] },
    { path: 'readOnly', samples: [{ readOnly: true }] },
  ];
  const refused = await refusals(shop.page, strange, takers.create('payment', {}));
  expect([...refused].map(([path, refusal]) => [path, Boolean(refusal)])).toEqual([['layout', true], ['colour', true], ['readOnly', false]]);
  expect(await absentMethods(shop.page, 'window.stripe', ['createToken', 'createTea'])).toEqual(['createTea']);
  expect(await absentEvents(shop.page, 'payment', {}, ['change', 'tea'])).toEqual(['tea']);
  const source = await Source.of(world.url, ['payment']);
  expect(['readOnly', 'betas', 'colorPrimary', 'colour'].map((it) => source.readsOption(it))).toEqual([true, false, true, false]);
  expect(['change', 'savedpaymentmethodupdate'].map((it) => source.tellsEvent(it))).toEqual([true, false]);
  const found = new Map<string, Found>([['processOrder', 'used'], ['createTea', 'refused']]);
  expect(sorted('Stripe: methods', found).wrong.slice(0, 2)).toEqual([
    'Stripe: methods: processOrder is there, and known.ts says why it is not',
    'Stripe: methods: createTea is refused, for no reason that known.ts gives',
  ]);
});

const told = (source: Source, event: string): Found => (source.tellsEvent(event) ? 'used' : 'unread');

function marked(names: string[], absent: string[]): Map<string, Found> {
  return new Map(names.map((it) => [it, absent.includes(it) ? 'refused' : 'used']));
}

async function stripeMethods(shop: Shop, stripe: Stripe): Promise<Group> {
  const { client_secret: Payment } = await stripe.paymentIntents.create({ amount: 1999, currency: 'usd' });
  const { client_secret: Setup } = await stripe.setupIntents.create({});
  const names = methods('Stripe');
  return sorted('Stripe: methods', marked(names, await absentMethods(shop.page, 'window.stripe', names, { Payment, Setup })));
}

async function actionsGroup(shop: Shop, stripe: Stripe): Promise<Group> {
  const { client_secret: clientSecret } = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', ui_mode: 'elements' });
  await shop.page.evaluate(async (clientSecret) => {
    const loaded = await window.stripe.initCheckoutElementsSdk({ clientSecret: clientSecret ?? '' }).loadActions();
    Object.assign(window, loaded);
  }, clientSecret);
  return methodsGroup(shop, 'loadActions(): actions', 'window.actions', methods('StripeCheckoutLoadActionsSuccess'));
}

async function elementsGroup({ page }: Shop, types: string[]): Promise<Group> {
  return sorted('Elements', marked(types, await absentElements(page, types)));
}

async function methodsGroup({ page }: Shop, name: string, object: string, names: string[]): Promise<Group> {
  return sorted(name, marked(names, await absentMethods(page, object, names)));
}

async function optionsGroup({ page }: Shop, name: string, all: Option[], take: Taker, source: Source): Promise<Group> {
  const refused = await refusals(page, all, take);
  const isRead = (path: string) => source.readsOption(path.split('.').at(-1) ?? '');
  return sorted(name, new Map(all.map(({ path }) => [path, refused.get(path) ? 'refused' : isRead(path) ? 'used' : 'unread'])));
}

async function elementGroups(shop: Shop, element: ElementType, url: string): Promise<Group[]> {
  const { name, required } = element;
  const frame = await frameOf(shop.page, name, required);
  const source = await Source.of(url, frame === 'express-checkout' ? [frame, 'express-checkout-sheet'] : [frame]);
  const refused = await absentEvents(shop.page, name, required, element.events);
  const create = `window.stripe.elements({ mode: 'setup' }).create('${name}', ${JSON.stringify(required)})`;
  return [
    await methodsGroup(shop, `${name}: methods`, create, [...element.methods, 'on', 'once', 'off']),
    sorted(`${name}: events`, new Map(element.events.map((it) => [it, refused.includes(it) ? 'refused' : told(source, it)]))),
    await optionsGroup(shop, `${name}: options`, element.options, takers.create(name, required), source),
    ...(element.updates.length > 0
      ? [await optionsGroup(shop, `${name}: what update() takes`, element.updates, takers.update(name, required), source)]
      : []),
  ];
}
