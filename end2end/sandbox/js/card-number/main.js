// The frame of the Card Number Element.

import { NUMBER, brandOfField } from '../shared/card-kinds.js';
import { openCardPart } from '../shared/card-part.js';
import { h } from '../shared/dom.js';
import { brandIcons } from '../shared/icons.js';
import { createLineField } from '../shared/line.js';

const brands = brandIcons();
const icon = h('div', { class: 'LineIcon', hidden: true }, brands.node);
const number = createLineField({
  name: 'cardnumber', label: 'lineNumber', placeholder: 'cardNumberPlaceholder', autocomplete: 'cc-number', kind: NUMBER,
  onInput: show,
});

const part = openCardPart({
  part: 'cardNumber',
  field: number,
  icon,
  heard: { 'which brand': tellBrand },
  details: () => ({ brand: brandOfField(number) }),
  onApply: ({ showIcon }) => (icon.hidden = showIcon !== true),
  onClear: showBrand,
});

function show() {
  showBrand();
  part.tellChange();
}

function showBrand() {
  const before = brands.shown;
  brands.show(number.empty ? 'none' : brandOfField(number));
  if (brands.shown !== before) part.tell('networkschange');
  tellBrand();
}

/** The brand says how long a security code is: its first digits are enough for that, and are all that is told. */
function tellBrand() {
  part.tellSiblings('brand', number.value.slice(0, 6));
}
