// The frame of the Tax ID Element.

import { createChoice } from '../shared/choice.js';
import { h } from '../shared/dom.js';
import { createField } from '../shared/field.js';
import { openFrame } from '../shared/frame.js';
import { currentLocale, text } from '../shared/texts.js';
import { externalType, isTaxId, listTaxIdTypes, typeOfCountry } from './types.js';

const incomplete = { code: 'incomplete_field', final: false };
const short = (check) => ({ clean: (value) => value.slice(0, 200), format: (value) => value, check });
const onInput = (field, { left = false } = {}) => left || tellChange();

let options = {};
let isFirst = true;

const businessName = createField({
  id: 'Field-businessNameInput', name: 'businessName', label: 'businessName', autocomplete: 'organization', optional: true,
  kind: short((value) => (value.trim() === '' && isRequired('businessName') ? incomplete : null)), onInput,
});
const type = createChoice({
  id: 'Field-taxIdTypeInput', name: 'taxIdType', label: 'taxIdType', autocomplete: 'off', check: () => null,
  onInput(field, { left = false } = {}) {
    if (left) return;
    taxId.show();
    tellChange();
  },
});
const taxId = createField({
  id: 'Field-taxIdInput', name: 'taxId', label: 'taxId', autocomplete: 'off', optional: true, latin: true,
  kind: short(checkTaxId), onInput,
});
const fields = [businessName, type, taxId];
businessName.node.classList.add('p-Field--wide');
const form = h('form', { class: 'p-CardForm', novalidate: true }, ...fields.map((field) => field.node));
document.body.append(form);

const frame = openFrame({
  apply(description) {
    ({ options } = description);
    type.setOptions(listTaxIdTypes(currentLocale()));
    form.hidden = options.visibility === 'never';
    businessName.node.hidden = options.fields?.businessName === 'never';
    for (const field of [businessName, taxId]) {
      if (isRequired(field.name)) field.input.setAttribute('aria-required', 'true');
      else field.input.removeAttribute('aria-required');
    }
    if (!isFirst) return;
    isFirst = false;
    const { businessName: name, taxIdType, taxId: id } = options.defaultValues ?? {};
    const region = new Intl.Locale(navigator.language).region ?? '';
    const wanted = taxIdType ?? typeOfCountry(region);
    if ([...type.input.options].some(({ value }) => value === wanted)) type.value = wanted;
    if (name) businessName.value = name;
    if (id) taxId.value = id;
  },
  shown() {
    fields.forEach((field) => field.show());
    tellChange();
  },
  receive: {
    submit: () => check() ?? {},
    'get value': () => {
      check();
      return state();
    },
    focus: () => (fields.find((field) => field.problem && !field.hidden) ?? fields.find((field) => !field.hidden))?.focus(),
    clear() {
      businessName.value = '';
      taxId.value = '';
      tellChange();
    },
  },
});

/** `auto` asks for nothing: a shopper who is no business has nothing to say. */
function isRequired(name) {
  return options.validation?.[name]?.required === 'always';
}

function checkTaxId(value) {
  if (value.trim() === '') return isRequired('taxId') ? incomplete : null;
  return isTaxId(value, type.input.value) ? null : { code: 'invalid_tax_id', final: false };
}

function check() {
  fields.forEach((field) => field.insist());
  const first = fields.find((field) => field.problem);
  if (!first) return null;
  first.focus();
  const { code, message } = first.problem;
  return { error: { type: 'validation_error', code, message } };
}

function state() {
  const visible = !form.hidden;
  return {
    empty: businessName.empty && taxId.empty,
    complete: fields.every((field) => field.problem === null),
    visible,
    value: {
      businessName: businessName.hidden ? '' : businessName.value.trim(),
      taxId: taxId.hidden ? '' : taxId.value.trim(),
      taxIdType: type.input.value,
      externalTaxIdType: externalType(type.input.value),
    },
  };
}

function tellChange() {
  frame.change(state());
}
