// The form of an address: its fields follow the country. Knows neither the page nor saved addresses.

import { addressFormat } from '../shared/address-formats.js';
import { createChoice } from '../shared/choice.js';
import { guessCountry, listCountries } from '../shared/countries.js';
import { h } from '../shared/dom.js';
import { createField } from '../shared/field.js';
import { PHONE, internationalPhone, isWholePhone } from '../shared/phone.js';
import { createSelect } from '../shared/select.js';
import { currentLocale, text } from '../shared/texts.js';
import { createSuggestions } from './suggestions.js';

const PO_BOX = /\b(p(ost)?\.?\s*o(ffice)?\.?\s*(box|b\.?)|postfach|bo[iî]te postale)\b/i;

const incomplete = { code: 'incomplete_field', final: false };
const filled = (value) => (value.trim() === '' ? incomplete : null);
const taking = (check) => ({ clean: (value) => value.slice(0, 200), format: (value) => value, check });

/** `mode` is `shipping` or `billing`; `onChange()` is told of everything the shopper does. */
export function createAddressForm({ mode, onChange }) {
  let options = {};
  let format = addressFormat('US');
  let countryChosen = false;
  /** While suggestions are offered the rest of the address waits. */
  let collapsed = false;

  const field = (name, label, more = {}) =>
    createField({
      id: `${mode}Address-${name}Input`, name, label, kind: taking(filled), onInput, ...more,
      autocomplete: `${mode} ${more.autocomplete}`,
    });
  const fullName = field('name', 'fullName', { autocomplete: 'name' });
  const firstName = field('firstName', 'firstName', { autocomplete: 'given-name' });
  const lastName = field('lastName', 'lastName', { autocomplete: 'family-name' });
  const country = createSelect({
    id: `${mode}Address-countryInput`, name: 'country', label: 'countryOrRegion', autocomplete: `${mode} country`,
    onChange: chooseCountry,
  });
  const line1 = field('addressLine1', 'addressLine1', { autocomplete: 'address-line1', kind: taking(checkLine1) });
  const line2 = field('addressLine2', 'addressLine2', {
    autocomplete: 'address-line2', placeholder: 'addressLine2Placeholder', optional: true, kind: taking(() => null),
  });
  const city = field('locality', 'city', { autocomplete: 'address-level2', kind: taking(unless('c')) });
  const stateText = field('administrativeArea', 'state', { autocomplete: 'address-level1', kind: taking(unless('s')) });
  const stateChoice = createChoice({
    id: `${mode}Address-administrativeAreaInput`, name: 'administrativeArea', label: 'state',
    autocomplete: `${mode} address-level1`, check: unless('s'), onInput,
  });
  const postalCode = field('postalCode', 'postalCode', {
    autocomplete: 'postal-code', latin: true, kind: taking(checkPostalCode),
  });
  const phone = field('phone', 'phone', {
    autocomplete: 'tel', type: 'tel', inputMode: 'tel', kind: { ...PHONE, check: checkPhone },
  });

  const suggestions = createSuggestions({
    input: line1.input,
    country: () => country.select.value,
    onChoose(address) {
      if (address) fillAddress(address);
      expand();
      (address ? present().find((one) => one.problem) ?? line1 : line1).focus();
      onChange();
    },
  });
  line1.node.append(suggestions.node);
  // Whoever closes the suggestions, or goes on with a line of their own, writes the rest, too.
  line1.input.addEventListener('keydown', (event) => {
    if (collapsed && event.key === 'Escape' && !line1.empty) expand();
  });

  const node = h('form', { class: 'p-CardForm p-AddressForm', novalidate: true });

  const state = () => (format.states ? stateChoice : stateText);

  function unless(letter) {
    return (value) => (format.isOptional(letter) ? null : filled(value));
  }

  function checkLine1(value) {
    if (options.blockPoBox && PO_BOX.test(value)) return { code: 'po_box', final: true };
    return filled(value);
  }

  function checkPostalCode(value) {
    if (filled(value)) return incomplete;
    return format.postalCode.pattern.test(value.trim().toUpperCase()) ? null : { code: 'invalid_postal_code', final: false };
  }

  function isPhoneRequired() {
    const { required = 'auto' } = options.validation?.phone ?? {};
    return required !== 'never';
  }

  function checkPhone(value) {
    if (value.trim() === '') return isPhoneRequired() ? incomplete : null;
    return isWholePhone(value, country.select.value) ? null : { code: 'incomplete_phone', final: false };
  }

  function names() {
    if (options.fields?.name === 'never') return [];
    return options.display?.name === 'split' ? [firstName, lastName] : [fullName];
  }

  function rest() {
    return format.order.map((letter) => ({ c: city, s: state(), p: postalCode })[letter]);
  }

  /** The fields that are asked for, in the order of the form; without the country, which always has a value. */
  function present() {
    const phones = options.fields?.phone === 'always' ? [phone] : [];
    return [...names(), line1, ...(collapsed ? [] : [line2, ...rest()]), ...phones];
  }

  function layOut() {
    const before = names();
    const after = present().slice(before.length);
    const nodes = [...before.map((one) => one.node), country.node, ...after.map((one) => one.node)];
    // Nodes that stay in place keep the focus.
    [...node.children].forEach((one) => nodes.includes(one) || one.remove());
    nodes.forEach((one, at) => node.children[at] === one || node.insertBefore(one, node.children[at] ?? null));
    const lower = rest();
    const wide = [before.length === 1 && fullName, country, line1, line2, lower.length % 2 === 1 && lower[0], phone];
    nodes.forEach((one) => one.classList.toggle('p-Field--wide', wide.some((other) => other && other.node === one)));
    relabel(fullName, options.display?.name === 'organization' ? 'organizationName' : 'fullName');
    relabel(line1, collapsed ? 'address' : 'addressLine1');
    relabel(city, format.city);
    relabel(state(), format.state);
    relabel(postalCode, format.postalCode.label);
    relabel(phone, isPhoneRequired() ? 'phone' : 'phoneOptional');
    if (isPhoneRequired()) phone.input.setAttribute('aria-required', 'true');
    else phone.input.removeAttribute('aria-required');
    postalCode.input.placeholder = format.postalCode.placeholder;
    postalCode.input.inputMode = format.postalCode.inputMode;
    if (format.states) {
      stateChoice.setOptions([{ value: '', name: text('select') }, ...format.states]);
      stateChoice.show();
    }
    suggestions.enabled = collapsed;
  }

  function relabel(one, key) {
    one.caption.dataset.text = key;
    one.caption.textContent = text(key);
  }

  function expand() {
    collapsed = false;
    layOut();
  }

  function onInput(one, { left = false } = {}) {
    if (left && one === line1 && collapsed && !line1.empty) expand();
    if (!left || one === line1) onChange();
  }

  function chooseCountry() {
    countryChosen = true;
    takeCountry();
    onChange();
  }

  function takeCountry() {
    const before = format;
    format = addressFormat(country.select.value);
    if (before.states !== format.states && country.select.value !== '') [stateText, stateChoice].forEach((one) => (one.value = ''));
    layOut();
  }

  function fillAddress({ country: code, line1: first, line2: second, city: town, state: area, postal_code: postal }) {
    if ([...country.select.options].some(({ value }) => value === code)) {
      country.select.value = code;
      countryChosen = true;
      takeCountry();
    }
    if (first) line1.value = first;
    if (second) line2.value = second;
    if (town) city.value = town;
    if (area) state().value = area;
    if (postal) postalCode.value = postal;
  }

  function fillNames({ name, firstName: first, lastName: last, phone: number }) {
    const parts = (name ?? '').trim().split(/\s+/);
    fullName.value = name ?? [first, last].filter(Boolean).join(' ');
    firstName.value = first ?? parts.slice(0, -1).join(' ');
    lastName.value = last ?? (name ? parts.at(-1) : '');
    phone.value = number ?? '';
  }

  return {
    node,

    /** `isFirst`: only then the page's values are filled in. */
    configure(given, isFirst) {
      options = given;
      const allowed = options.allowedCountries;
      const all = listCountries(currentLocale());
      const listed = all.filter(({ code }) => !allowed?.length || allowed.includes(code));
      const choices = listed.length > 0 ? listed : all;
      country.setOptions(choices.map(({ code, name }) => ({ value: code, name })));
      const guess = guessCountry(navigator.language);
      const isListed = choices.some(({ code }) => code === country.select.value);
      if (!countryChosen || !isListed) {
        country.select.value = choices.some(({ code }) => code === guess) ? guess : choices[0].code;
      }
      if (isFirst) collapsed = ['automatic', 'google_maps_api'].includes(options.autocomplete?.mode);
      if (options.autocomplete?.mode === 'disabled') collapsed = false;
      takeCountry();
      if (!isFirst) return;
      if (options.defaultValues?.address?.line1) expand();
      fillNames(options.defaultValues ?? {});
      fillAddress(options.defaultValues?.address ?? {});
    },

    show: () => present().forEach((one) => one.show()),

    get empty() {
      return present().every((one) => one.empty);
    },

    get complete() {
      return !collapsed && present().every((one) => one.problem === null);
    },

    value() {
      const has = (one) => (present().includes(one) ? one.value.trim() : '');
      const isSplit = options.display?.name === 'split';
      const parts = isSplit ? { firstName: has(firstName), lastName: has(lastName) } : {};
      const name = isSplit ? Object.values(parts).filter(Boolean).join(' ') : has(fullName);
      const address = {
        line1: has(line1), line2: has(line2) || null, city: has(city), state: has(state()),
        postal_code: has(postalCode), country: country.select.value,
      };
      const number = present().includes(phone) ? { phone: internationalPhone(phone.value, country.select.value) } : {};
      return { name, ...parts, address, ...number };
    },

    /** Shows every error and answers the first; null when all is well. */
    insist() {
      if (collapsed) expand();
      present().forEach((one) => one.insist());
      return present().find((one) => one.problem)?.problem ?? null;
    },

    clear() {
      present().forEach((one) => (one.value = ''));
      onChange();
    },

    focus: () => (present().find((one) => one.problem) ?? present()[0]).focus(),
  };
}
