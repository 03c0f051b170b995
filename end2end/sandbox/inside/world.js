// A world, asked through the control interface. Its key is no secret here: the page is for this machine.

/** The sandbox refused, or is not there. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class World {
  constructor(name) {
    this.name = name;
  }

  get secretKey() {
    return `sk_test_${this.name}`;
  }

  /** Reads `/_control/{path}`. */
  get(path) {
    return this.#call('GET', path);
  }

  /** Asks something of it. */
  post(control, body = {}) {
    return this.#call('POST', control, body);
  }

  #call(method, path, body) {
    return call(method, path, { authorization: `Bearer ${this.secretKey}` }, body);
  }
}

/** The worlds that there are, the latest used first. */
export function listWorlds(params) {
  return call('GET', `worlds?${new URLSearchParams(params)}`, {});
}

async function call(method, path, headers, body) {
  const response = await fetch(`/_control/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(response.status, answer.error.message);
  return answer;
}
