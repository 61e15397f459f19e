/** How many requests a second an account has in one Region. */
export interface RequestRates {
  /** For the operations that share one rate: all that have none of their own. Infinity: none. */
  readonly together: number;
  readonly each: Readonly<Record<string, number>>;
}

/**
 * Documented: AWS General Reference, "AWS IoT Greengrass V2 endpoints and quotas": one for CreateComponentVersion, 30 for
 * all other operations together, 10 in Beijing and GovCloud; none of them adjustable.
 */
export const greengrassRates = (region: string): RequestRates => ({
  together: region === 'cn-north-1' || region.startsWith('us-gov-') ? 10 : 30,
  each: { CreateComponentVersion: 1 },
});

/**
 * The defaults of an account; they can be raised on AWS.
 * Observed: Service Quotas, as third parties list it: those of the registry.
 * Documented: AWS General Reference of 2019, "AWS IoT limits": those of jobs and fleet indexing.
 * Assumed: 10 for those jobs operations that it doesn't name; for UpdateThingGroupsForThing what AddThingToThingGroup has.
 */
export const iotRates: RequestRates = {
  together: Infinity,
  each: {
    AddThingToThingGroup: 100,
    RemoveThingFromThingGroup: 100,
    UpdateThingGroupsForThing: 100,
    ListThingsInThingGroup: 25,
    ListThingGroupsForThing: 100,
    DescribeThingGroup: 100,
    CreateThingGroup: 25,
    UpdateThingGroup: 15,
    DeleteThingGroup: 15,
    CreateDynamicThingGroup: 5,
    UpdateDynamicThingGroup: 5,
    DeleteDynamicThingGroup: 5,
    DescribeThing: 350,
    ListThings: 10,
    DescribeJob: 10,
    DescribeJobExecution: 10,
    ListJobs: 10,
    ListJobExecutionsForJob: 10,
    ListJobExecutionsForThing: 10,
    CancelJobExecution: 10,
    GetJobDocument: 10,
    SearchIndex: 15,
  },
};

/** Assumed: nobody who looks at deployments comes near the rates of shadows. */
export const iotDataRates: RequestRates = { together: Infinity, each: {} };
