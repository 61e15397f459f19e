import { shapeOf, traitsOf, type ModelOperation, type Shapes, type Target } from './api-model.js';
import { jsonName, sample } from './model-samples.js';

/** The members of a request by the names of the model. */
export type Values = Readonly<Record<string, unknown>>;

/** A request that breaks the model at one place only. */
export interface Violation {
  readonly rule: 'required' | 'type' | 'length' | 'range' | 'pattern' | 'enum';
  /** The place, as a ValidationException names it. */
  readonly field: string;
  readonly values: Values;
}

interface Place {
  readonly shapes: Shapes;
  readonly target: Target;
  readonly value: unknown;
  readonly field: string;
  /** In a path, a query or a header everything is text. */
  readonly isText: boolean;
  /** The request with another value at this place; undefined leaves it out. */
  readonly put: (value: unknown) => Values;
}

const record = (value: unknown) => value as Record<string, unknown>;

function badTexts({ shapes, target }: Place): [Violation['rule'], unknown][] {
  const traits = traitsOf(shapes, target);
  const { min = 0, max = Infinity } = traits['smithy.api#length'] ?? {};
  const pattern = traits['smithy.api#pattern'];
  const bad: [Violation['rule'], unknown][] = [];
  if (min > 0) bad.push(['length', 'a'.repeat(min - 1)]);
  if (max < Infinity) bad.push(['length', 'a'.repeat(max + 1)]);
  if (pattern !== undefined) bad.push(['pattern', 'no match!']);
  return bad;
}

function badNumbers({ shapes, target }: Place, type: string): [Violation['rule'], unknown][] {
  const { min, max } = traitsOf(shapes, target)['smithy.api#range'] ?? {};
  const bad: [Violation['rule'], unknown][] = [];
  if (min !== undefined) bad.push(['range', min - 1]);
  if (max !== undefined) bad.push(['range', Math.max(max + 1, max * (1 + Number.EPSILON))]);
  if (type !== 'double') bad.push(['type', 1.5]);
  if (type === 'integer') bad.push(['type', 2 ** 31]);
  return bad;
}

const keyed = (count: number) => Array.from({ length: count }, (_, i) => `key-${i}`);

function badCollections(place: Place, type: string): [Violation['rule'], unknown][] {
  const { min = 0, max = Infinity } =
    traitsOf(place.shapes, place.target)['smithy.api#length'] ?? {};
  const [each] = Object.values(record(place.value));
  const of = (count: number) =>
    type === 'list'
      ? keyed(count).map(() => each)
      : Object.fromEntries(keyed(count).map((key) => [key, each]));
  const bad: [Violation['rule'], unknown][] = [];
  if (min > 0) bad.push(['length', of(min - 1)]);
  if (max < Infinity) bad.push(['length', of(max + 1)]);
  return bad;
}

const WRONG_TYPE: Readonly<Record<string, unknown>> = {
  string: 7,
  enum: 7,
  blob: 'not base64!',
  integer: 'x',
  long: 'x',
  double: 'x',
  boolean: 'x',
  list: {},
  map: [],
  structure: 'x',
};

function bad(place: Place): [Violation['rule'], unknown][] {
  const { type } = shapeOf(place.shapes, place.target.target);
  const isWrong = !place.isText || ['integer', 'long', 'double', 'boolean'].includes(type);
  const ofType: [Violation['rule'], unknown][] = isWrong ? [['type', WRONG_TYPE[type]]] : [];
  if (type === 'string') return [...ofType, ...badTexts(place)];
  if (type === 'enum') return [...ofType, ['enum', 'NO_SUCH_VALUE']];
  if (['integer', 'long', 'double'].includes(type)) return [...ofType, ...badNumbers(place, type)];
  if (['list', 'map'].includes(type)) return [...ofType, ...badCollections(place, type)];
  return ofType;
}

function inside(place: Place): Violation[] {
  const { shapes, target, value, field, put } = place;
  const shape = shapeOf(shapes, target.target);
  if (shape.type === 'list' && shape.member)
    return below({
      ...place,
      target: shape.member,
      value: (value as unknown[])[0],
      field: `${field}.1.member`,
      put: (each) => put([each]),
    });
  if (shape.type === 'structure')
    return Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
      const key = jsonName(name, member);
      return below({
        ...place,
        target: member,
        value: record(value)[key],
        field: `${field}.${name}`,
        put: (each) => put({ ...record(value), [key]: each }),
      });
    });
  if (shape.type !== 'map' || !shape.key || !shape.value) return [];
  const [[key, each] = ['', undefined]] = Object.entries(record(value));
  const keyPlace = { ...place, target: shape.key };
  const keys = badTexts(keyPlace).map(([rule, wrong]) => ({
    rule,
    field: `${field}.key`,
    values: put({ [String(wrong)]: each }),
  }));
  const values = below({
    ...place,
    target: shape.value,
    value: each,
    field: `${field}.${key}.member`,
    put: (other) => put({ [key]: other }),
  });
  return [...keys, ...values];
}

function below(place: Place): Violation[] {
  const { shapes, target, field, put } = place;
  const own = bad(place).map(([rule, value]) => ({ rule, field, values: put(value) }));
  const isRequired = traitsOf(shapes, target)['smithy.api#required'] !== undefined;
  const missing: Violation[] = isRequired
    ? [{ rule: 'required', field, values: put(undefined) }]
    : [];
  return [...missing, ...own, ...inside(place)];
}

/** A request of an operation that keeps to the model, with every member. */
export const fullRequest = (shapes: Shapes, { input }: ModelOperation): Values =>
  Object.fromEntries(
    Object.entries(shapeOf(shapes, input).members ?? {}).map(([name, member]) => [
      name,
      sample(shapes, member),
    ]),
  );

/** One request for each constraint on each member of an operation's input. */
export function violations(shapes: Shapes, operation: ModelOperation): Violation[] {
  const full = fullRequest(shapes, operation);
  return Object.entries(shapeOf(shapes, operation.input).members ?? {}).flatMap(
    ([name, target]) => {
      const traits = target.traits ?? {};
      const isText = ['httpLabel', 'httpQuery', 'httpHeader'].some(
        (location) => `smithy.api#${location}` in traits,
      );
      return below({
        ...{ shapes, target, value: full[name], field: name, isText },
        put: (value) => ({ ...full, [name]: value }),
      });
    },
  );
}
