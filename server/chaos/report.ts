import type { Campaign } from './campaign.ts';
export function writeReport(campaigns: Campaign[], ms: number): void { void campaigns; void ms; }
