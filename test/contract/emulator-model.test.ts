import { expect } from '@jest/globals';
import { greengrassLimits } from '../../emulator/wire/greengrass-limits.js';
import { limitOf, type Limit } from '../../emulator/wire/limits.js';
import { requiredMembers } from '../../emulator/wire/schemas.js';
import { greengrassWire } from '../../emulator/wire/services.js';
import {
  bare,
  ifModel,
  operationsIn,
  readModel,
  shapeOf,
  traitsOf,
  type Shapes,
  type Target,
} from '../support/api-model.js';

const span = (bounds: { min?: number | undefined; max?: number | undefined }, least: number) =>
  [bounds.min ?? least, bounds.max ?? Infinity] as const;

/** The range of a number: an integer has 32 bits. */
function rangeOf(type: string, bounds: ReturnType<typeof traitsOf>['smithy.api#range']) {
  if (type !== 'integer') return bounds && span(bounds, -Infinity);
  const { min = -2147483648, max = 2147483647 } = bounds ?? {};
  return [min, max] as const;
}

function modelled(target: Target, shapes: Shapes): Limit {
  const { type, members = {} } = shapeOf(shapes, target.target);
  const traits = traitsOf(shapes, target);
  const length = traits['smithy.api#length'];
  const range = rangeOf(type, traits['smithy.api#range']);
  const pattern = traits['smithy.api#pattern'];
  const values = Object.values(members).map((value) => value.traits?.['smithy.api#enumValue']);
  return {
    ...(length && { length: span(length, 0) }),
    ...(range && { range }),
    ...(['integer', 'long'].includes(type) && { decimals: 0 }),
    ...(pattern !== undefined && { pattern: new RegExp(pattern) }),
    ...(type === 'enum' && { oneOf: values.map((value) => value ?? '') }),
  };
}

/** Every limit of a structure and of what it holds, by the key of the limits table. */
function limitsBelow(id: string, shapes: Shapes): [string, string, Limit][] {
  return Object.entries(shapeOf(shapes, id).members ?? {}).flatMap(([member, target]) => {
    const shape = shapeOf(shapes, target.target);
    const own: [string, string, Limit][] = [[bare(id), member, modelled(target, shapes)]];
    const each = shape.member ?? shape.value;
    if (each) own.push([bare(id), `${member}[]`, modelled(each, shapes)]);
    if (shape.key) own.push([bare(id), `${member}.key`, modelled(shape.key, shapes)]);
    const inner = shape.type === 'structure' ? target : each;
    const isStructure = inner && shapeOf(shapes, inner.target).type === 'structure';
    return isStructure ? [...own, ...limitsBelow(inner.target, shapes)] : own;
  });
}

const show = ({ length, range, decimals, pattern, oneOf }: Limit) =>
  [length, range, decimals, pattern?.source, oneOf].map((part) => String(part ?? '-')).join(' ');

// Bound by the description of the member, not by its shape.
const BY_DESCRIPTION = [
  'IoTJobTimeoutConfig.inProgressTimeoutInMinutes',
  'IoTJobExponentialRolloutRate.incrementFactor',
  'IoTJobAbortCriteria.thresholdPercentage',
];

// Wider than in the model: what GetDeployment answers can be sent back.
const WIDER = ['CreateDeploymentRequest.tags'];

ifModel('the limits of Greengrass requests are those of the API model, and no others', () => {
  const shapes = readModel();
  const wrong = operationsIn(shapes)
    .flatMap(({ input }) => limitsBelow(input, shapes))
    .filter(
      ([structure, member]) => ![...BY_DESCRIPTION, ...WIDER].includes(`${structure}.${member}`),
    )
    .map(([structure, member, limit]) => ({
      name: `${structure}.${member}`,
      model: show(limit),
      ours: show(limitOf(greengrassLimits, structure, member) ?? {}),
    }))
    .filter(({ model, ours }) => model !== ours);
  expect(wrong).toEqual([]);
});

const byName = <T extends { readonly name: string }>(items: readonly T[]) =>
  [...items].sort((a, b) => a.name.localeCompare(b.name));

ifModel('routes, success codes and members are those of the API model', () => {
  const shapes = readModel();
  const membersOf = (id: string) => Object.entries(shapeOf(shapes, id).members ?? {});
  const model = operationsIn(shapes).map(({ name, method, uri, code, input, output }) => ({
    ...{ name, method, code },
    path: uri.split('?')[0],
    input: membersOf(input).map(([member]) => member),
    output: membersOf(output).map(([member]) => member),
    required: membersOf(input)
      .filter(([, { traits }]) => traits?.['smithy.api#required'] !== undefined)
      .map(([member]) => member),
  }));
  const names = (schema: (typeof greengrassWire.operations)[number]['input']) =>
    schema.isStructSchema() ? [...schema.structIterator()].map(([member]) => member) : [];
  const ours = greengrassWire.operations.map(({ name, method, status, path, input, output }) => ({
    ...{ name, method, code: status },
    path: path.source
      .slice(1, -1)
      .replaceAll('\\/', '/')
      .replaceAll(/\(\?<(\w+)>(\.|\[\^\/\])\*\)/g, (_, label: string, any: string) =>
        any === '.' ? `{${label}+}` : `{${label}}`,
      ),
    ...{ input: names(input), output: names(output), required: [...requiredMembers(input)] },
  }));
  const sorted = ({ input, output, required, ...rest }: (typeof model)[number]) => ({
    ...rest,
    ...{ input: input.sort(), output: output.sort(), required: required.sort() },
  });
  expect(byName(ours).map(sorted)).toEqual(byName(model).map(sorted));
});

ifModel('errors have the status codes and members of the API model', () => {
  const shapes = readModel();
  const model = Object.entries(shapes)
    .filter(([, { traits }]) => traits?.['smithy.api#httpError'] !== undefined)
    .map(([id, { traits, members = {} }]) => ({
      name: bare(id),
      status: traits?.['smithy.api#httpError'],
      members: Object.keys(members).sort(),
    }));
  const ours = [...greengrassWire.errors].map(([name, { status, schema }]) => ({
    ...{ name, status },
    members: [...schema.structIterator()].map(([member]) => member).sort(),
  }));
  expect(byName(ours).filter(({ name }) => name !== 'GreengrassV2ServiceException')).toEqual(
    byName(model),
  );
});
