// Makes a ConfirmationToken: the one place where a card number leaves this frame, straight for the sandbox's API.

import { parseExpiry } from './validation.js';

/**
 * `card` is what the shopper typed, `billing` what the form collected, `params` what the page adds, `context` what it
 * declared to `elements()`. Where both know a detail, the page's counts. Answers `{confirmationToken}` or `{error}`.
 */
export async function createConfirmationToken({ apiKey, card, billing, params, context }) {
  const { month, year } = parseExpiry(card.expiry);
  const { payment_method_data: details = {}, ...rest } = params;
  const given = details.billing_details ?? {};
  const form = {
    ...rest,
    payment_method_data: {
      ...details,
      type: 'card',
      card: { number: card.number, exp_month: month, exp_year: year, cvc: card.cvc },
      billing_details: { ...billing, ...given, address: { ...billing.address, ...given.address } },
    },
    setup_future_usage: context.setup_future_usage,
    client_context: context,
  };
  const { body, error } = await callApi({ origin: location.origin, apiKey, path: '/v1/confirmation_tokens', form });
  return error ? { error } : { confirmationToken: body };
}
