// A shopper at the page of a Checkout Session, who fills in its form.
import type Stripe from 'stripe';

const ENTERED = {
  action: 'pay',
  email: 'ada@shop.example',
  billing_name: 'Ada Lovelace',
  billing_country: 'DE',
  billing_postal_code: '10115',
  method: 'card',
  card_number: '4242 4242 4242 4242',
  card_expiry: '12 / 40',
  card_cvc: '123',
};

/** Where the page leads. */
export async function payPage(session: Stripe.Checkout.Session, entered: Record<string, string> = {}): Promise<string> {
  const response = await fetch(session.url as string, {
    method: 'POST',
    body: new URLSearchParams({ ...ENTERED, total: String(session.amount_total ?? ''), ...entered }),
    redirect: 'manual',
  });
  return response.headers.get('location') ?? '';
}
