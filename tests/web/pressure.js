// Stands for a browser that tells the load of the processor. Evaluates to `tell`, `observed`,
// `refuse`, `lack` and `end`.
window.pressure = window.pressure || (() => {
  const own = window.PressureObserver, observers = new Set();
  let refusal = null;
  window.PressureObserver = class {
    constructor(callback) {
      this.callback = callback;
    }
    async observe(source) {
      if (refusal) throw new DOMException('refused', refusal);
      this.source = source;
      observers.add(this);
    }
    disconnect() {
      observers.delete(this);
    }
  };
  return {
    observed: () => [...observers].map(({ source }) => source).join(),
    tell: (state) => observers.forEach((observer) => observer.callback([{ source: observer.source, state }])),
    refuse: (name) => { refusal = name; },
    end: () => {
      window.PressureObserver = own;
      delete window.pressure;
    },
    lack: () => { delete window.PressureObserver; },
  };
})();
