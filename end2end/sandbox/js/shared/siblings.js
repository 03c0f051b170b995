// Frames of one group of elements that talk to each other, past the merchant's page: it knows the word by which they find
// each other, but cannot listen, because a BroadcastChannel belongs to the frames' own origin.

/**
 * `name` is who this frame is, and `receive` maps a message's type to what to do with its body. Answers
 * `{tell(type, body), ask(name, type)}`: to all others, and to one of them, whose handler's answer it resolves to.
 */
export function joinSiblings({ word, name, receive }) {
  const channel = new BroadcastChannel(`siblings-${word}`);
  const unanswered = new Map();
  let questions = 0;

  channel.addEventListener('message', ({ data: { to, from, type, body, question, answers } }) => {
    if (to !== undefined && to !== name) return;
    if (answers !== undefined) {
      unanswered.get(answers)?.(body);
      unanswered.delete(answers);
      return;
    }
    const answer = Object.hasOwn(receive, type) ? receive[type](body) : undefined;
    if (question !== undefined) channel.postMessage({ to: from, answers: question, body: answer });
  });

  return {
    tell: (type, body) => channel.postMessage({ type, body }),
    ask(sibling, type) {
      questions += 1;
      const question = questions;
      channel.postMessage({ to: sibling, from: name, type, question });
      return new Promise((resolve) => unanswered.set(question, resolve));
    },
  };
}
