// What the running Stripe.js does with each name, and what its own source reads. It knows nothing of the types.
import type { Page } from '@playwright/test';
import type { Json } from '../../../bindings/crate.ts';
import type { Option } from './surface.ts';

/** Why something was not taken; undefined where it was. */
type Refusal = string | undefined;

const DEFERRED = { mode: 'payment', amount: 1999, currency: 'usd' };

const ABSENT = 'not emulated|does not model';

/**
 * Of the methods, those that are missing or say that they are not emulated. The object is code. Those of the Stripe object,
 * and those that make elements, are called: without arguments, or, where they confirm with one type of method, with an intent by its client secret.
 */
export function absentMethods(page: Page, object: string, names: string[], secrets: Record<string, string | null> = {}): Promise<string[]> {
  return page.evaluate(
    async ([object, names, secrets, absent]) => {
      const owner = new Function(`return ${object}`)();
      const isAbsent = async (name: string) => {
        if (typeof owner[name] !== 'function') return true;
        if (owner !== window.stripe && !/^create./.test(name)) return false;
        const secret = /^confirm.+(Payment|Setup)$/.exec(name)?.[1];
        try {
          const answer = secret ? await owner[name](secrets[secret], { payment_method: {} }, { handleActions: false }) : await owner[name]();
          return new RegExp(absent).test(answer?.error?.message);
        } catch (error) {
          return new RegExp(absent).test((error as Error).message);
        }
      };
      const found = await Promise.all(names.map(isAbsent));
      return names.filter((_, at) => found[at]);
    },
    [object, names, secrets, ABSENT] as const,
  );
}

/** Of the elements, those that `create` refuses as not emulated. */
export function absentElements(page: Page, names: string[]): Promise<string[]> {
  return page.evaluate(
    ([names, deferred]) =>
      names.filter((name) => {
        try {
          window.stripe.elements(deferred as never).create(name as 'payment');
        } catch (error) {
          return /not emulated/.test((error as Error).message);
        }
        return false;
      }),
    [names, DEFERRED] as const,
  );
}

/** Of the events, those that the element says it does not have. */
export async function absentEvents(page: Page, type: string, required: Json, names: string[]): Promise<string[]> {
  const warnings = await said(page, names, (name) => `${create(type, required)}.on('${name}', () => {})`);
  return names.filter((_, at) => /is not an event/.test(warnings[at] ?? ''));
}

/** The code that takes options. */
export type Taker = (options: Json) => string;

const json = JSON.stringify;

export const takers = {
  checkout: (options: Json) => `window.stripe.initCheckoutElementsSdk(${json(options)})`,
  appearance: (options: Json) => `window.stripe.elements({ appearance: ${json(options)} })`,
  stripe: (options: Json) => `window.Stripe('pk_test_1', ${json(options)})`,
  elements: (options: Json) => `window.stripe.elements(${json(options)})`,
  groupUpdate: (options: Json) => `window.stripe.elements(${json(DEFERRED)}).update(${json(options)})`,
  create: (type: string, required: Json) => (options: Json) => create(type, { ...Object(required), ...Object(options) }),
  update: (type: string, required: Json) => (options: Json) => `${create(type, required)}.update(${json(options)})`,
};

function create(type: string, options: Json): string {
  return `window.stripe.elements(${json(DEFERRED)}).create('${type}', ${json(options)})`;
}

/** Why each sample of the options was not taken as it is. */
export async function refusals(page: Page, options: Option[], take: Taker): Promise<Map<string, Refusal>> {
  const samples = options.flatMap(({ path, samples }) => samples.map((sample) => ({ path, sample })));
  const answers = await said(page, samples, ({ sample }) => take(sample));
  const found = new Map<string, Refusal>(options.map(({ path }) => [path, undefined]));
  samples.forEach(({ path, sample }, at) => {
    if (answers[at]) found.set(path, `${JSON.stringify(sample)}: ${answers[at]}`);
  });
  return found;
}

/** What is thrown or warned of while each piece of code runs. */
function said<T>(page: Page, items: T[], code: (item: T) => string): Promise<Refusal[]> {
  return page.evaluate((codes) => {
    const { warn } = console;
    const answers = codes.map((code) => {
      let words: string | undefined;
      console.warn = (...given: unknown[]) => (words ??= given.join(' '));
      try {
        const answer: unknown = new Function(`return ${code}`)();
        if (answer instanceof Promise) answer.catch(() => {});
      } catch (error) {
        words = String(error);
      }
      return words;
    });
    console.warn = warn;
    return answers;
  }, items.map(code));
}

/** What a page runs, as the sandbox serves it, to look for names in. */
export class Source {
  readonly #script: string;
  readonly #frame: string;
  readonly #styles: string;

  constructor(script: string, frame: string, styles: string) {
    this.#script = withoutComments(script);
    this.#frame = withoutComments(frame);
    this.#styles = styles;
  }

  /** Of Stripe.js and the frames of these names. */
  static async of(url: string, frames: string[]): Promise<Source> {
    const read = async (path: string) => {
      const response = await fetch(url + path);
      return response.ok ? response.text() : '';
    };
    const mains = await Promise.all(frames.map((frame) => read(`/js/${frame}/main.js`)));
    const styles = await Promise.all(['shared/form', ...frames.map((frame) => `${frame}/page`)].map((it) => read(`/js/${it}.css`)));
    return new Source(await read('/endive/stripe.js'), mains.join(), styles.join());
  }

  /** Whether an option of this name is read anywhere. Where its shape and the lists of names have it does not count. */
  readsOption(name: string): boolean {
    if (name === '*') return true;
    const isRead = new RegExp(`\\.${name}\\b|\\bname: '${name}'|(?<=[{,]\\s*)${name}(?=\\s*[,}=]|: [{\\w]+ ?[,}=])`);
    return isRead.test(this.#script) || new RegExp(`\\b${name}\\b`).test(this.#frame) || this.#styles.includes(`--${name}`);
  }

  /** Whether an event of this name is told: it stands somewhere besides the lists of those that can be listened to. */
  tellsEvent(name: string): boolean {
    const script = this.#script.replace(/\b(events|BASIC_EVENTS) = \[[^\]]*\]/g, '');
    return (script + this.#frame).includes(`'${name}'`);
  }
}

function withoutComments(script: string): string {
  return script.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
}

/** The folder of an element's frame, as the address of the frame has it. */
export function frameOf(page: Page, type: string, required: Json): Promise<string> {
  return page.evaluate((code) => {
    const element = new Function(`return ${code}`)();
    const container = document.createElement('div');
    document.body.append(container);
    element.mount(container);
    const src = container.querySelector('iframe')?.src ?? '';
    element.destroy();
    container.remove();
    return /elements-inner-([a-z-]+)-\w{20,}\.html/.exec(src)?.[1] ?? src;
  }, create(type, required));
}
