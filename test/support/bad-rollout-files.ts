import { thermostat } from './fleets.js';

/** A rollout file that is right for a fleet of thermostats. */
export const good = {
  name: 'bad-input',
  target: 'thinggroup/thermostats',
  release: { components: { [thermostat]: { version: '1.1.0' } } },
};

const release = (component: unknown) => ({
  ...good,
  release: { components: { [thermostat]: component } },
});
const strategy = (value: unknown) => ({ ...good, strategy: value });
const x = (length: number) => 'x'.repeat(length);

/** What is wrong, a rollout file `r.yaml` in which it is, for 20 thermostats, and what a person is told. */
export const badRolloutFiles: [string, unknown, string[]][] = [
  [
    'what is no YAML',
    'name: a\nrelease: {\n',
    ['r.yaml:3:1: Flow map in block collection must be sufficiently indented and end with a }'],
  ],
  ['two documents', 'name: a\n---\nname: b\n', ['r.yaml:2:1: more than one document; keep one']],
  [
    'an empty file',
    '',
    ['r.yaml: null is not an object with the fields name, target, release, strategy'],
  ],
  [
    'an unknown field',
    strategy({ wavs: [] }),
    [
      'r.yaml: strategy.wavs: unknown field ([]); the fields here are waves, health, maxInFlight, onHold, onAbort, returnWithin',
    ],
  ],
  [
    'a missing field',
    { name: 'a', release: good.release },
    [
      'r.yaml: target: missing; give a thing group or one thing, as thinggroup/NAME, thing/NAME or its ARN',
    ],
  ],
  [
    'wave sizes that do not increase',
    strategy({ waves: [{ percent: 50 }, { percent: 20 }] }),
    [
      'r.yaml: strategy.waves[1].percent: 20 is not more than the 50 of a wave before it: sizes are cumulative and increase',
    ],
  ],
  [
    'wave sizes that do not increase on this fleet',
    strategy({ waves: [{ percent: 50 }, { devices: 4 }] }),
    [
      'r.yaml: strategy.waves[1]: 4 devices of 20 devices is 4, less than the 10 of a wave before it; sizes are cumulative and increase',
    ],
  ],
  [
    'a wave over 100 %',
    strategy({ waves: [{ percent: 120 }] }),
    ['r.yaml: strategy.waves[0].percent: 120 is not a percentage over 0 and up to 100'],
  ],
  [
    'a wave of more devices than there are',
    strategy({ waves: [{ devices: 21 }] }),
    [
      'r.yaml: strategy.waves[0]: 21 devices of 20 devices is over 100 %; name at most 20 devices, or a percentage',
    ],
  ],
  [
    'durations, all of them at once',
    strategy({ waves: [{ percent: 50, bake: 30 }], health: { deviceDeadline: '90s' } }),
    [
      'r.yaml: strategy.waves[0].bake: 30 is not a duration of up to 30d, such as 30m or 2h',
      'r.yaml: strategy.health.deviceDeadline: "90s" is not a duration of whole minutes from 1m to 7d, such as 30m',
    ],
  ],
  [
    'an unknown target',
    { ...good, target: 'thinggroup/nowhere' },
    [
      'r.yaml: target: thinggroup/nowhere does not exist; name a thing group of this account and Region',
    ],
  ],
  [
    'a target of another account',
    { ...good, target: 'arn:aws:iot:eu-west-1:999999999999:thinggroup/thermostats' },
    [
      'r.yaml: target: arn:aws:iot:eu-west-1:999999999999:thinggroup/thermostats does not exist; name a thing group of this account and Region',
    ],
  ],
  [
    'a thing that does not exist',
    { ...good, target: 'thing/nobody' },
    ['r.yaml: target: thing/nobody does not exist; name a thing of this account and Region'],
  ],
  [
    'a group without core devices',
    { ...good, target: 'thinggroup/lamps' },
    [
      'r.yaml: target: thinggroup/lamps has no core device among its 1 things; name a group of Greengrass core devices',
    ],
  ],
  [
    'a component version that does not exist',
    release({ version: '9.9.9' }),
    [
      'r.yaml: release.components.com.example.Thermostat.version: "9.9.9" does not exist; create the component version first, or name one that exists',
    ],
  ],
  [
    'a component version that is not DEPLOYABLE',
    release({ version: '1.2.0' }),
    [
      'r.yaml: release.components.com.example.Thermostat.version: "1.2.0" is REQUESTED; it has to be DEPLOYABLE',
    ],
  ],
  [
    'a release that changes nothing',
    release({ version: '1.0.0' }),
    [
      'r.yaml: release.components: the release changes nothing: the target has these versions and this configuration already; name a component version or a configuration that is new',
    ],
  ],
  [
    'a name that is too long',
    { ...good, name: x(60) },
    [
      `r.yaml: name: "${x(55)}..." (60 characters) is not a name of 1 to 51 letters, digits, dots, dashes or underscores, the first a letter or digit`,
    ],
  ],
  [
    'the name of a thing group that is too long',
    { ...good, target: `thinggroup/${x(129)}` },
    [
      `r.yaml: target: "thinggroup/${x(44)}..." (140 characters) is not a thing group or one thing, as thinggroup/NAME, thing/NAME or its ARN`,
    ],
  ],
];
