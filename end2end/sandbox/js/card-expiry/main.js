// The frame of the Card Expiry Element.

import { EXPIRY } from '../shared/card-kinds.js';
import { openCardPart } from '../shared/card-part.js';
import { createLineField } from '../shared/line.js';

const expiry = createLineField({
  name: 'exp-date', label: 'lineExpiry', placeholder: 'expiryPlaceholder', autocomplete: 'cc-exp', kind: EXPIRY,
  onInput: () => part.tellChange(),
});

const part = openCardPart({ part: 'cardExpiry', field: expiry });
