// The Payment Element as the merchant's page sees it: a frame in a container, its life, its events. What the shopper
// types never comes here.

const PAYMENT_EVENTS = ['ready', 'change', 'focus', 'blur', 'escape', 'loaderror', 'loaderstart'];

const NOT_MOUNTED =
  'We could not retrieve data from the specified Element. Make sure the Element you are using is still mounted.';

/** Methods that start with an underscore are for the elements group that owns the element. */
class PaymentElement {
  #group;
  #options;
  #listeners = new Listeners();
  /** `created` → `mounted` ⇄ `unmounted` → `destroyed` */
  #state = 'created';
  #frame = null;
  #wrapper = null;
  #container = null;

  constructor(group, options) {
    this.#group = group;
    this.#options = mergePaymentOptions({}, options, 'create()');
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
    this.#listeners.add(event, handler);
    return this;
  }

  once(event, handler) {
    this.#listeners.add(event, handler, { once: true });
    return this;
  }

  off(event, handler) {
    this.#listeners.remove(event, handler);
    return this;
  }

  update(options) {
    this.#refuseIfDestroyed();
    this.#options = mergePaymentOptions(this.#options, options, 'update()');
    this._tellOptions();
    return this;
  }

  focus() {
    this.#tell('focus');
  }

  blur() {
    this.#tell('blur');
  }

  clear() {
    this.#tell('clear');
  }

  /** With cards alone the form lies flat: there is nothing to collapse. */
  collapse() {
    this.#refuseIfDestroyed();
    return this;
  }

  get _mounted() {
    return this.#state === 'mounted';
  }

  get _options() {
    return this.#options;
  }

  /** Hands the frame the present options; resolves once they are applied. */
  async _tellOptions() {
    if (!this._mounted) return;
    await this.#frame.ask('update', this.#description()).catch(() => {});
  }

  /** Asks the frame about what the shopper typed. A frame that cannot load is an `{error}`, one that is gone throws. */
  async _ask(type, body) {
    if (!this._mounted) throw new IntegrationError(NOT_MOUNTED);
    const frame = this.#frame;
    try {
      await frame.ready;
    } catch (error) {
      if (error instanceof IntegrationError) throw error;
      return { error: connectionError() };
    }
    return frame.ask(type, body);
  }

  /** Shows a decline where the card was typed. */
  _showError(error) {
    if (this._mounted) this.#frame.send('show error', error);
  }

  #refuseIfDestroyed() {
    if (this.#state === 'destroyed') {
      throw new IntegrationError('This Element has already been destroyed. Create a new one.');
    }
  }

  #tell(type) {
    this.#refuseIfDestroyed();
    if (!this._mounted) throw new IntegrationError(`Call mount() before ${type}().`);
    if (type === 'focus') this.#frame.iframe.focus();
    this.#frame.send(type);
  }

  #description() {
    return { apiKey: this.#group._apiKey, group: this.#group._options, options: this.#options };
  }

  #load() {
    let first = true;
    const emit = (event) => (body) => this.#emit(event, body);
    const frame = createFrame({
      kind: 'elements-inner-payment',
      title: 'Secure payment input frame',
      receive: {
        hello: (send) => send('start', this.#description()),
        ready: () => {
          if (first) this.#emit('ready');
          first = false;
        },
        height: (pixels) => setStyles(frame.iframe, { height: `${Number(pixels)}px` }),
        change: emit('change'),
        focus: emit('focus'),
        blur: emit('blur'),
        escape: emit('escape'),
      },
    });
    this.#frame = frame;
    this.#wrapper = document.createElement('div');
    this.#wrapper.className = '__PrivateStripeElement';
    setStyles(this.#wrapper, {
      display: 'flow-root', position: 'relative', margin: '0px', padding: '0px', border: 'none', background: 'transparent',
    });
    setStyles(frame.iframe, {
      // A frame whose colour scheme differs from its document's is painted opaque; ours is always light inside.
      'color-scheme': 'light only',
      // The frame is a little larger than the form, so that focus rings are not cut off at its edge.
      display: 'block', border: '0px', margin: '-4px', padding: '0px', width: 'calc(100% + 8px)',
      height: `${reservedHeight(this.#group._options, this.#options)}px`,
    });
    frame.iframe.setAttribute('scrolling', 'no');
    this.#wrapper.append(frame.iframe);
    this.#container.classList.add('StripeElement');
    this.#container.append(this.#wrapper);
    queueMicrotask(() => this.#emit('loaderstart'));
    frame.ready.catch((error) => {
      if (error instanceof IntegrationError) return;
      if (!this.#listeners.has('loaderror')) console.warn('The payment Element could not be loaded.', error);
      this.#emit('loaderror', { error: connectionError() });
    });
  }

  #emit(event, body) {
    this.#listeners.emit(event, { elementType: 'payment', ...body });
  }

  #remove() {
    if (!this._mounted) return;
    this.#frame.remove(new IntegrationError(NOT_MOUNTED));
    this.#wrapper.remove();
    this.#container.classList.remove('StripeElement');
    this.#frame = this.#wrapper = this.#container = null;
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

/** The height the form will have by payment.css, in pixels, so that the page does not jump when the frame has loaded. */
function reservedHeight({ appearance }, { fields }) {
  const addressFields = fields?.billingDetails?.address ?? fields?.billingDetails;
  const rows = addressFields === 'never' ? 2 : 3;
  const fontSize = parseFloat(appearance?.variables?.fontSizeBase) || 16;
  const unit = parseFloat(appearance?.variables?.spacingUnit) || 4;
  const label = fontSize * 0.93 * 1.15 + unit;
  const input = fontSize * 1.15 + 2 * (unit * 3 + 1);
  return Math.round(rows * (label + input) + (rows - 1) * unit * 3 + 2 * 4);
}
