import { shapeOf, traitsOf, type Shapes, type Target } from './api-model.js';

/** Texts of which one fits each pattern of the model. */
const TEXTS = [
  '1.0.0',
  'a-1',
  'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello',
  'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello:versions:1.0.0',
  'arn:aws:iot:eu-west-1:123456789012:thinggroup/fleet',
];

function sampleText(shapes: Shapes, target: Target): string {
  const traits = traitsOf(shapes, target);
  const pattern = new RegExp(traits['smithy.api#pattern'] ?? '');
  const { min = 0, max = Infinity } = traits['smithy.api#length'] ?? {};
  const found = TEXTS.find(
    (each) => pattern.test(each) && each.length >= min && each.length <= max,
  );
  if (found === undefined) throw new Error(`No text fits ${target.target}`);
  return found;
}

function sampleNumber(shapes: Shapes, target: Target): number {
  const { min = 0, max = Infinity } = traitsOf(shapes, target)['smithy.api#range'] ?? {};
  return Math.min(Math.max(1, min), max);
}

/** The name that a member has in JSON. */
export const jsonName = (name: string, { traits }: Target): string =>
  traits?.['smithy.api#jsonName'] ?? name;

const BY_TYPE: Readonly<Record<string, (shapes: Shapes, target: Target) => unknown>> = {
  structure: (shapes, { target }) =>
    Object.fromEntries(
      Object.entries(shapeOf(shapes, target).members ?? {}).map(([name, member]) => [
        jsonName(name, member),
        sample(shapes, member),
      ]),
    ),
  list(shapes, { target }) {
    const { member } = shapeOf(shapes, target);
    return member ? [sample(shapes, member)] : [];
  },
  map(shapes, { target }) {
    const { key, value } = shapeOf(shapes, target);
    return key && value ? { [sampleText(shapes, key)]: sample(shapes, value) } : {};
  },
  enum: (shapes, { target }) =>
    Object.values(shapeOf(shapes, target).members ?? {})[0]?.traits?.['smithy.api#enumValue'],
  boolean: () => true,
  blob: () => Buffer.from('{}').toString('base64'),
  integer: sampleNumber,
  long: sampleNumber,
  double: sampleNumber,
  string: sampleText,
};

/** A value that keeps to the model, with every member of every structure. */
export function sample(shapes: Shapes, target: Target): unknown {
  const { type } = shapeOf(shapes, target.target);
  const ofType = BY_TYPE[type];
  if (!ofType) throw new Error(`${target.target} is of the unknown type ${type}`);
  return ofType(shapes, target);
}
