// What the pages have in common: Stripe's own loader, the shop's server, and a place in the document. They are written as
// Stripe's documentation writes them, know nothing of a sandbox, and run in React's strict mode, which mounts everything twice.
import type { StripeError } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const query = new URLSearchParams(location.search);

/** What the server put into the page's address. */
export const given = (name: string): string => query.get(name) ?? '';

export const stripePromise = loadStripe(given('key'));

export const RETURN_URL = new URL('/return', location.href).href;

/** Asks the shop's server. */
export async function ask<T>(name: string, body: unknown = {}): Promise<T> {
  const response = await fetch(`/server/${name}`, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as T;
}

/** An intent or an error, as the shop's own words. */
export function wordsFor({ intent, error }: { intent?: { status: string } | undefined; error?: StripeError | undefined }): string {
  return error ? `${error.type}: ${error.message ?? ''}` : (intent?.status ?? '');
}

export function show(page: ReactNode): void {
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
