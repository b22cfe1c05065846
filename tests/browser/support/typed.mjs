// What walks write, at pages and through tools: text that is in whatever language it is in.

const written = new Set();

export function note(text) {
  written.add(text.replace(/\s+/g, " ").trim());
}

export function noted() {
  return [...written];
}
