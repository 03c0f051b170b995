// The payment methods that the Payment Element can collect. Most need no more than billing details; those with a form of
// their own have a file in methods/.
//
// A form is `{type, node, configure(description), show(), empty, complete, method(caller), validate(), refuse(error),
// clear(), focus(), setReadOnly(readOnly), address()}`, as form.js makes it. `method` answers what shared/send.js takes.

import { createCard } from './methods/card.js';
import { createLocal } from './methods/local.js';
import { createSepaDebit } from './methods/sepa-debit.js';
import { createUsBankAccount } from './methods/us-bank-account.js';
import { createWallet } from './methods/wallet.js';

/** A name in every language, or a key of texts. */
const OWN = {
  card: { create: createCard, label: 'card', reusable: true },
  sepa_debit: { create: createSepaDebit, label: 'sepaDebit', reusable: true },
  us_bank_account: { create: createUsBankAccount, label: 'usBankAccount', reusable: true },
};

const WALLETS = { apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link' };

/** `{type, label, reusable, create({onChange, onCard})}`, or undefined. `forms` is what the sandbox says of the others. */
export function methodOf(type, forms) {
  if (OWN[type]) return { type, ...OWN[type] };
  if (WALLETS[type]) {
    const wallet = { type, label: WALLETS[type], reusable: false };
    return { ...wallet, create: (tools) => createWallet(wallet, tools) };
  }
  const spec = forms.find((form) => form.type === type);
  return spec && { type, label: spec.label, reusable: spec.reusable, create: (tools) => createLocal(spec, tools) };
}
