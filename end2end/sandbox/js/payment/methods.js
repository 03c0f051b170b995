// The payment methods that the Payment Element can collect: a line for each, and a file of methods/ that makes its form.
//
// A form is `{type, node, configure(description), show(), empty, complete, method(), validate(), refuse(error), clear(),
// focus()}`, as methods/card.js has it.

import { createCard } from './methods/card.js';

export const METHODS = {
  card: createCard,
};
