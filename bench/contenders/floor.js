// How a script uses the floor page.
contender(({ button, fill, press, until }) => ({
  // The page's script has run.
  formWorks: () => document.querySelector('form')?.onsubmit != null,
  async enter(name) {
    fill(document.querySelector('#name'), name);
    press(button('Enter'));
    await until(() => document.querySelector('#people li'));
  },
  people: () => document.querySelectorAll('#people li').length,
  join: async () => press(await until(() => button('Join everyone'))),
  call: async (name) => press(await until(() => button(`Call ${name}`))),
  accept: async () => press(await until(() => button('Accept'))),
  hangUp: async (name) => press(await until(() => button(`Hang up with ${name}`))),
  say(text) {
    fill(document.querySelector('#text'), text);
    document.querySelector('#chat').requestSubmit();
  },
  hasSaid: (text) => [...document.querySelectorAll('#log li')].some((message) => message.textContent.includes(text)),
}));
