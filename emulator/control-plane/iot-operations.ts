import { addThingToThingGroup } from '../operations/add-thing-to-thing-group.js';
import { cancelJobExecution } from '../operations/cancel-job-execution.js';
import { createDynamicThingGroup } from '../operations/create-dynamic-thing-group.js';
import { createThingGroup } from '../operations/create-thing-group.js';
import { createThing } from '../operations/create-thing.js';
import { deleteDynamicThingGroup } from '../operations/delete-dynamic-thing-group.js';
import { deleteThingGroup } from '../operations/delete-thing-group.js';
import { deleteThing } from '../operations/delete-thing.js';
import { describeJobExecution } from '../operations/describe-job-execution.js';
import { describeJob } from '../operations/describe-job.js';
import { describeThingGroup } from '../operations/describe-thing-group.js';
import { describeThing } from '../operations/describe-thing.js';
import { getIndexingConfiguration } from '../operations/get-indexing-configuration.js';
import { getJobDocument } from '../operations/get-job-document.js';
import { listJobExecutionsForJob } from '../operations/list-job-executions-for-job.js';
import { listJobExecutionsForThing } from '../operations/list-job-executions-for-thing.js';
import { listJobs } from '../operations/list-jobs.js';
import { listThingGroupsForThing } from '../operations/list-thing-groups-for-thing.js';
import { listThingGroups } from '../operations/list-thing-groups.js';
import { listThingsInThingGroup } from '../operations/list-things-in-thing-group.js';
import { listThings } from '../operations/list-things.js';
import { removeThingFromThingGroup } from '../operations/remove-thing-from-thing-group.js';
import { searchIndex } from '../operations/search-index.js';
import { updateDynamicThingGroup } from '../operations/update-dynamic-thing-group.js';
import { updateThingGroup } from '../operations/update-thing-group.js';
import { updateThingGroupsForThing } from '../operations/update-thing-groups-for-thing.js';
import { updateThing } from '../operations/update-thing.js';
import type { Services } from './services.js';

/** The AWS IoT operations that are built, by the name of the API. */
export const iotOperations = (services: Services) => ({
  AddThingToThingGroup: addThingToThingGroup(services),
  CancelJobExecution: cancelJobExecution(services),
  CreateDynamicThingGroup: createDynamicThingGroup(services),
  CreateThing: createThing(services),
  CreateThingGroup: createThingGroup(services),
  DeleteDynamicThingGroup: deleteDynamicThingGroup(services),
  DeleteThing: deleteThing(services),
  DeleteThingGroup: deleteThingGroup(services),
  DescribeJob: describeJob(services),
  DescribeJobExecution: describeJobExecution(services),
  DescribeThing: describeThing(services),
  DescribeThingGroup: describeThingGroup(services),
  GetIndexingConfiguration: getIndexingConfiguration(),
  GetJobDocument: getJobDocument(services),
  ListJobExecutionsForJob: listJobExecutionsForJob(services),
  ListJobExecutionsForThing: listJobExecutionsForThing(services),
  ListJobs: listJobs(services),
  ListThingGroups: listThingGroups(services),
  ListThingGroupsForThing: listThingGroupsForThing(services),
  ListThings: listThings(services),
  ListThingsInThingGroup: listThingsInThingGroup(services),
  RemoveThingFromThingGroup: removeThingFromThingGroup(services),
  SearchIndex: searchIndex(services),
  UpdateDynamicThingGroup: updateDynamicThingGroup(services),
  UpdateThing: updateThing(services),
  UpdateThingGroup: updateThingGroup(services),
  UpdateThingGroupsForThing: updateThingGroupsForThing(services),
});
