// Messages between two windows of different origins, one channel per frame. Knows nothing of payments.
//
// Both ends know the other's window, its origin, and a random word made for this one frame. A message counts only when
// all three agree, so neither another frame nor another page can speak for a shopper.

/**
 * Opens this window's end of a channel.
 *
 * `peer()` answers the other window (a frame has none before it is attached), `receive` maps a message's type to what to
 * do with its body. What a handler returns is the answer to whoever asked.
 */
function openChannel({ word, peer, peerOrigin, receive }) {
  const unanswered = new Map();
  let questions = 0;
  let closed = null;

  function post(message) {
    peer()?.postMessage({ channel: word, ...message }, peerOrigin);
  }

  async function answer({ type, question, body }) {
    try {
      post({ answers: question, body: await receive[type](body) });
    } catch (error) {
      post({ answers: question, failure: String(error?.message ?? error) });
    }
  }

  function settle({ answers, body, failure }) {
    const asked = unanswered.get(answers);
    unanswered.delete(answers);
    if (failure === undefined) asked?.resolve(body);
    else asked?.reject(new Error(failure));
  }

  function listen(event) {
    if (event.origin !== peerOrigin || event.source !== peer()) return;
    const message = event.data;
    if (message?.channel !== word) return;
    if (message.answers !== undefined) settle(message);
    else if (!Object.hasOwn(receive, message.type)) return;
    else if (message.question !== undefined) answer(message);
    else receive[message.type](message.body);
  }

  window.addEventListener('message', listen);

  return {
    /** Tells the other side, expecting nothing back. */
    send(type, body) {
      post({ type, body });
    },

    /** Asks the other side. Rejects if its handler threw, or when the channel closes first. */
    ask(type, body) {
      if (closed) return Promise.reject(closed);
      return new Promise((resolve, reject) => {
        questions += 1;
        unanswered.set(questions, { resolve, reject });
        post({ type, question: questions, body });
      });
    },

    /** Stops listening; everything still unanswered, or asked later, fails with `reason`. */
    close(reason) {
      closed = reason;
      window.removeEventListener('message', listen);
      for (const { reject } of unanswered.values()) reject(reason);
      unanswered.clear();
    },
  };
}

/** 128 random bits in hexadecimal: the word of a channel. */
function randomWord() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
