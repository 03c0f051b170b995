// The frame of the Card CVC Element. Alone it asks for a saved card's code again.

import { cvcOf } from '../shared/card-kinds.js';
import { openCardPart } from '../shared/card-part.js';
import { createLineField } from '../shared/line.js';

/** The first digits of the number in the group's Card Number Element. */
let number = '';

const cvc = createLineField({
  name: 'cvc', label: 'lineCvc', placeholder: 'cvcPlaceholder', autocomplete: 'cc-csc', kind: cvcOf(() => number),
  onInput: () => part.tellChange(),
});

let asked = false;

const part = openCardPart({
  part: 'cardCvc',
  field: cvc,
  heard: {
    brand(digits) {
      if (digits === number) return;
      number = digits;
      if (cvc.empty) return;
      cvc.value = cvc.input.value;
      part.tellChange();
    },
  },
  onApply() {
    if (!asked) part.tellSiblings('which brand');
    asked = true;
  },
});
