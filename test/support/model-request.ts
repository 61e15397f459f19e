import { shapeOf, type ModelOperation, type Shapes, type Traits } from './api-model.js';
import { jsonName } from './model-samples.js';
import type { Values } from './model-violations.js';

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const texts = (value: unknown): string[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(text) : [text(value)];
};

interface Bound {
  path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: Record<string, unknown>;
}

function bind(bound: Bound, name: string, traits: Traits, value: unknown): boolean {
  const inQuery = traits['smithy.api#httpQuery'];
  const inHeader = traits['smithy.api#httpHeader'];
  if (traits['smithy.api#httpLabel'] !== undefined) {
    const label = encodeURIComponent(texts(value)[0] ?? '');
    bound.path = bound.path.replace(new RegExp(`\\{${name}\\+?\\}`), label);
    return true;
  }
  if (inQuery !== undefined) for (const each of texts(value)) bound.query.append(inQuery, each);
  if (inHeader !== undefined) for (const each of texts(value)) bound.headers[inHeader] = each;
  return inQuery !== undefined || inHeader !== undefined;
}

/** What goes over the wire for the members of a request, bound as the model says; nothing is checked. */
export function httpRequest(shapes: Shapes, operation: ModelOperation, values: Values) {
  const [uri = ''] = operation.uri.split('?');
  const bound: Bound = { path: uri, query: new URLSearchParams(), headers: {}, body: {} };
  for (const [name, target] of Object.entries(shapeOf(shapes, operation.input).members ?? {}))
    if (!bind(bound, name, target.traits ?? {}, values[name]))
      bound.body[jsonName(name, target)] = values[name];
  const { path, query, headers, body } = bound;
  const { method } = operation;
  const json = method === 'POST' || method === 'PUT' ? JSON.stringify(body) : undefined;
  return {
    path: query.size > 0 ? `${path}?${query.toString()}` : path,
    init: {
      method,
      headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: json }),
    },
  };
}
