// How a script uses Confab: by the accessible names of its controls.
contender(({ button, field, fill, press, until }) => ({
  // The painted form has gone: the app's own form is there.
  formWorks: () => !document.querySelector('.painted') && field('User name') !== undefined,
  async enter(name) {
    press(await until(() => button('Create an account')));
    const create = await until(() => button('Create account'));
    fill(field('User name'), name);
    fill(field('Password'), 'tea at half past 4');
    press(create);
    press(await until(() => button('Join room')));
    await until(() => document.querySelector('[role=log]'));
  },
  people: () => document.querySelectorAll('li.person').length,
  join: async () => press(await until(() => button('Join group call'))),
  call: async (name) => press(await until(() => button(`Call ${name}`))),
  accept: async () => press(await until(() => button('Answer with video'))),
  hangUp: async (name) => press(await until(() => button(`Hang up with ${name}`))),
  say(text) {
    const composer = document.querySelector('textarea[aria-label=Message]');
    fill(composer, text);
    composer.form.requestSubmit();
  },
  hasSaid: (text) => [...document.querySelectorAll('[role=log] article')].some((message) => message.innerText.includes(text)),
}));
