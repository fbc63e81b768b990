import type { Fault } from '../chaos.ts';
import { databaseFaults } from './database.ts';
import { operatorFaults } from './operator.ts';
import { outsideFaults } from './outside.ts';
import { processFaults } from './processes.ts';

/** Every fault that is tried, in the order in which it is told of. */
export const faults: readonly Fault[] = [...processFaults, ...databaseFaults, ...operatorFaults, ...outsideFaults];
