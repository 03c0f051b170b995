// What every element is: a frame in a container of the merchant's page, its life, its events. What the shopper types
// never comes here. Knows no particular element: those are the files of `elements/`.

const ELEMENT_CLASSES = new Map();

/** Makes an element type known to `elements.create()`. */
function registerElement(Class) {
  ELEMENT_CLASSES.set(Class.type, Class);
}

const NOT_MOUNTED =
  'We could not retrieve data from the specified Element. Make sure the Element you are using is still mounted.';

/** What every element can tell; an element's `events` come on top. */
const BASIC_EVENTS = ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror', 'loaderstart'];

/** The height in pixels of a form of `rows` rows, as shared/form.css lays it out. */
function formHeight({ appearance }, rows) {
  const fontSize = parseFloat(appearance?.variables?.fontSizeBase) || 16;
  const unit = parseFloat(appearance?.variables?.spacingUnit) || 4;
  const { inputs, labels = 'auto' } = appearance ?? {};
  const isCondensed = inputs === 'condensed';
  const floats = labels === 'floating' || (labels === 'auto' && isCondensed);
  const label = floats ? unit : fontSize * 0.93 * 1.15 + unit;
  const input = fontSize * 1.15 + 2 * (unit * 3 + 1);
  return Math.round(rows * (label + input) + (rows - 1) * (isCondensed ? -1 : unit * 3));
}

/** The height in pixels of one line of text, as shared/line.css has it. */
function lineHeight({ style }) {
  const { fontSize, lineHeight: given } = style?.base ?? {};
  return Math.round((parseFloat(fontSize) || 16) * (/^[\d.]+$/.test(given) ? Number(given) : 1.2));
}

/** What the older elements, which are one line, have in common. */
const LINE_OPTIONS = {
  classes: {
    base: 'string', complete: 'string', empty: 'string', focus: 'string', invalid: 'string', webkitAutofill: 'string',
  },
  disabled: 'boolean',
  style: { base: 'object', complete: 'object', empty: 'object', invalid: 'object' },
};
const UPDATABLE_LINE_OPTIONS = Object.keys(LINE_OPTIONS);

/** Methods that start with an underscore are for Stripe.js itself. */
class StripeElement {
  /** The name in `elements.create(type)`. */
  static type;
  /** `kind` is the page's name under `/v3/`, `title` what screen readers and tests call the frame. */
  static frame;
  /** The shape of its options (stripe/options.js), and those of them that `update()` takes. */
  static options = {};
  static updatable = [];
  static events = [];
  /** How many of them a group may have. */
  static most = 1;
  /** Whether the group must have been told of a payment: `mode` or `clientSecret`. */
  static needsIntent = false;
  /** Whether `elements.submit()` asks it. */
  static isSubmitted = false;
  /** Whether it is where the shopper chooses how to pay. */
  static collectsPayment = false;
  /** Whether it has details for a payment that another element collects: an address, an e-mail. */
  static contributes = false;
  /** The payment method's type it can be used for in `createPaymentMethod`, `createToken` and `confirm…`. */
  static methodType;
  /** Classes of the container by state. An option `classes` replaces the names. */
  static classes = {
    base: 'StripeElement',
    complete: 'StripeElement--complete',
    empty: 'StripeElement--empty',
    focus: 'StripeElement--focus',
    invalid: 'StripeElement--invalid',
    webkitAutofill: 'StripeElement--webkit-autofill',
  };

  /**
   * The height in pixels before the frame tells its own, so that the page does not jump: by the group's options, the
   * element's, the container's width, and what the group knows of the payment methods (`_known`).
   */
  static reservedHeight() {
    return 0;
  }

  #group;
  #options;
  #listeners = new Listeners();
  /** `created` → `mounted` ⇄ `unmounted` → `destroyed` */
  #state = 'created';
  #frame = null;
  #wrapper = null;
  #container = null;
  #shown = { empty: true };
  /** How often the frame is still to be replaced, when a test wants it. */
  #remounts;

  constructor(group, options) {
    const { type, options: shape } = this.constructor;
    this.#group = group;
    this.#options = checkOptions(options, shape, `elements.create('${type}')`);
  }

  mount(target) {
    this.#refuseIfDestroyed();
    const container = findContainer(target);
    if (this.#state === 'mounted') {
      if (container === this.#container) return;
      throw new IntegrationError('This Element is already mounted. Call unmount() before mounting it elsewhere.');
    }
    if (container.childNodes.length > 0) {
      if (container.textContent.trim() !== '' || container.children.length > 0) {
        console.warn('This Element is mounted to a DOM element that contains child nodes: they are removed.');
      }
      container.replaceChildren();
    }
    this.#state = 'mounted';
    this.#container = container;
    document.addEventListener('click', this.#followLabel);
    this.#load();
  }

  unmount() {
    this.#refuseIfDestroyed();
    this.#remove();
    if (this.#state === 'mounted') this.#state = 'unmounted';
  }

  destroy() {
    this.#refuseIfDestroyed();
    this.#remove();
    this.#state = 'destroyed';
    this.#group._forget(this);
  }

  on(event, handler) {
    this.#checkEvent(event);
    this.#listeners.add(event, handler);
    return this;
  }

  once(event, handler) {
    this.#checkEvent(event);
    this.#listeners.add(event, handler, { once: true });
    return this;
  }

  off(event, handler) {
    this.#listeners.remove(event, handler);
    return this;
  }

  update(options) {
    this.#refuseIfDestroyed();
    const { type, options: shape, updatable } = this.constructor;
    const changes = checkOptions(options, shape, `${type}.update()`);
    for (const name of Object.keys(changes)) {
      if (updatable.includes(name)) continue;
      console.warn(`${type}.update(): ${name} cannot be changed any more and is ignored.`);
      delete changes[name];
    }
    this.#options = { ...this.#options, ...changes };
    this._tellOptions();
    return this;
  }

  focus() {
    this._tell('focus');
  }

  blur() {
    this._tell('blur');
  }

  clear() {
    this._tell('clear');
  }

  get _mounted() {
    return this.#state === 'mounted';
  }

  get _options() {
    return this.#options;
  }

  get _group() {
    return this.#group;
  }

  /** Whether a shopper is paying in it, with no other element taking part: the sheet of a wallet. */
  get _isPaying() {
    return false;
  }

  _listensTo(event) {
    return this.#listeners.has(event);
  }

  /** What only this element's frame is told besides; `described` is what all are. */
  _describe(described) {
    return {};
  }

  /** What `ready` tells. */
  _readyDetails() {
    return {};
  }

  /** Handlers of messages that only this element's frame sends. */
  _receive() {
    return {};
  }

  /** Hands the frame the present options; resolves once they are applied. */
  async _tellOptions() {
    if (!this._mounted) return;
    const frame = this.#frame;
    try {
      await frame.ask('update', await this.#description());
    } catch {
      // A frame that cannot load says so by `loaderror`, and one that is gone needs no options.
    }
  }

  /** Tells the frame something; it answers nothing. */
  _tell(type, body) {
    this.#refuseIfDestroyed();
    if (!this._mounted) throw new IntegrationError(`Call mount() before ${type}().`);
    if (type === 'focus') this.#frame.iframe.focus();
    this.#frame.send(type, body);
  }

  /** Asks the frame about what the shopper typed. A frame that cannot load is an `{error}`, one that is gone throws. */
  async _ask(type, body) {
    if (!this._mounted) throw new IntegrationError(NOT_MOUNTED);
    const frame = this.#frame;
    try {
      await frame.ready;
    } catch (error) {
      if (error instanceof IntegrationError) throw error;
      return { error: error.stripeError ?? connectionError() };
    }
    return frame.ask(type, body);
  }

  /** Has the frame make a call that needs what the shopper typed: shared/send.js. Answers `{body}` or `{error}`. */
  _send(call) {
    return this._ask('send', call);
  }

  /** Shows a decline where the card was typed. */
  _showError(error) {
    if (this._mounted) this.#frame.send('show error', error);
  }

  /** Tells the page's listeners; answers what they returned. */
  _emit(event, body) {
    if (event === 'change') this.#shown = { ...this.#shown, ...body };
    if (event === 'focus' || event === 'blur') this.#shown = { ...this.#shown, focus: event === 'focus' };
    this.#showState();
    return this.#listeners.emit(event, { elementType: this.constructor.type, ...body });
  }

  /** A click on the label of the container leads into the element, as it leads into an input. */
  #followLabel = ({ target }) => {
    const label = target instanceof Element ? target.closest('label') : null;
    const { id } = this.#container;
    if (label?.contains(this.#container) || (label && id !== '' && label.htmlFor === id)) this.focus();
  };

  #checkEvent(event) {
    if ([...BASIC_EVENTS, ...this.constructor.events].includes(event)) return;
    console.warn(`${event} is not an event of the ${this.constructor.type} Element: this listener is never called.`);
  }

  #refuseIfDestroyed() {
    if (this.#state === 'destroyed') {
      throw new IntegrationError('This Element has already been destroyed. Create a new one.');
    }
  }

  async #description() {
    const described = { ...(await this.#group._describe()), siblings: this.#group._word, options: this.#options };
    return { ...described, ...this._describe(described) };
  }

  /** As a test wants it: stripe/quirks.js. */
  async #misbehave(wrapper) {
    const { decoy_frames: decoys = 0, remounts = 0 } = await this.#group._quirks();
    if (wrapper !== this.#wrapper) return;
    addDecoys(wrapper, this.constructor.frame.title, decoys);
    this.#remounts ??= remounts;
  }

  #remountIfAsked() {
    if (!this.#remounts) return;
    this.#remounts -= 1;
    this.#frame.remove(new IntegrationError(NOT_MOUNTED));
    this.#wrapper.remove();
    this.#load(false);
  }

  #load(first = true) {
    const { type, frame: page } = this.constructor;
    const frame = createFrame({
      ...page,
      locale: this.#group._locale,
      receive: {
        hello: async (send) => send('start', await this.#description()),
        ready: () => {
          if (first) this._emit('ready', this._readyDetails());
          first = false;
        },
        height: (pixels) => setStyles(frame.iframe, { height: `${Number(pixels)}px` }),
        event: ({ name, body }) => {
          this._emit(name, body);
          if (name === 'focus') this.#remountIfAsked();
        },
        ...this._receive(),
      },
    });
    this.#frame = frame;
    this.#wrapper = document.createElement('div');
    this.#wrapper.className = '__PrivateStripeElement';
    setStyles(this.#wrapper, {
      display: 'flow-root', position: 'relative', margin: '0px', padding: '0px', border: 'none', background: 'transparent',
    });
    const width = this.#container.clientWidth;
    setStyles(frame.iframe, {
      // A frame whose colour scheme differs from its document's is painted opaque; ours is always light inside.
      'color-scheme': 'light only',
      // The frame is a little larger than the form, so that focus rings are not cut off at its edge.
      display: 'block', border: '0px', margin: '-4px', padding: '0px', width: 'calc(100% + 8px)',
      height: `${this.constructor.reservedHeight(this.#group._options, this.#options, width, this.#group._known) + 8}px`,
    });
    frame.iframe.setAttribute('scrolling', 'no');
    this.#wrapper.append(frame.iframe);
    this.#container.append(this.#wrapper);
    this.#showState();
    if (first) queueMicrotask(() => this._emit('loaderstart'));
    this.#misbehave(this.#wrapper);
    frame.ready.catch((error) => {
      if (error instanceof IntegrationError) return;
      if (!this.#listeners.has('loaderror')) console.warn(`The ${type} Element could not be loaded.`, error);
      this._emit('loaderror', { error: error.stripeError ?? connectionError() });
    });
  }

  /** The container's classes say how the element is. */
  #showState() {
    if (!this.#container) return;
    const { complete, empty, focus, error } = this.#shown;
    const states = { base: true, complete, empty, focus, invalid: Boolean(error) };
    const names = { ...this.constructor.classes, ...this.#options.classes };
    for (const [state, is] of Object.entries(states)) {
      for (const name of names[state].split(/\s+/).filter(Boolean)) this.#container.classList.toggle(name, Boolean(is));
    }
  }

  #remove() {
    if (!this._mounted) return;
    document.removeEventListener('click', this.#followLabel);
    this.#frame.remove(new IntegrationError(NOT_MOUNTED));
    this.#wrapper.remove();
    const names = Object.values({ ...this.constructor.classes, ...this.#options.classes });
    this.#container.classList.remove(...names.join(' ').split(/\s+/).filter(Boolean));
    this.#frame = this.#wrapper = this.#container = null;
    this.#shown = { empty: true };
  }
}

function findContainer(target) {
  if (target instanceof Element) return target;
  if (typeof target !== 'string' || target === '') {
    throw new IntegrationError('Missing argument. Call mount() with a DOM element or a selector.');
  }
  const found = document.querySelector(target);
  if (!found) {
    throw new IntegrationError(
      `The selector you specified (${target}) applies to no DOM elements that are currently on the page. ` +
        'Make sure the element exists on the page before calling mount().',
    );
  }
  return found;
}
