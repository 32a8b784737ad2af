// Every object of a rendered chart against the schema of its kind. A field the schema never asks for is a finding, too:
// Kubernetes would drop it without a word.
//   schemas.mjs NODE_MODULES FILE
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, file] = process.argv.slice(2);
const load = name => import(pathToFileURL(path.resolve(modules, name)).href);
const yaml = (await load('yaml/dist/index.js')).default;
const top = ['apiVersion', 'kind', 'metadata', 'spec', 'data'];

// Notes which fields are asked for.
const seen = [];
function watched(value, where) {
  if (value === null || typeof value !== 'object') return value;
  const asked = new Set(), children = new Map();
  seen.push({ value, where, asked });
  return new Proxy(value, {
    get(target, key) {
      asked.add(key);
      if (!Object.hasOwn(target, key)) return target[key];
      if (!children.has(key)) children.set(key, watched(target[key], `${where}.${String(key)}`));
      return children.get(key);
    },
  });
}

let bad = 0;
for (const document of yaml.parseAllDocuments(fs.readFileSync(file, 'utf8'))) {
  const object = document.toJSON();
  if (!object) continue;
  seen.length = 0;
  try {
    if (document.errors.length) throw document.errors[0];
    const Kind = (await load(`kubernetes-models/${object.apiVersion}/index.js`))[object.kind];
    const model = new Kind();
    for (const [key, value] of Object.entries(object)) model[key] = watched(value, key);
    model.validate();
    const strange = Object.keys(object).filter(key => !top.includes(key));
    for (const { value, where, asked } of seen) strange.push(...Object.keys(value).filter(key => !asked.has(key)).map(key => `${where}.${key}`));
    if (strange.length) throw new Error(`no such field: ${strange.join(', ')}`);
    console.log('ok', object.kind, object.metadata.name);
  } catch (problem) {
    bad++;
    console.log('BAD', object.kind, object.metadata?.name, String(problem.message).slice(0, 300));
  }
}
process.exit(bad ? 3 : 0);
