import { expect, it } from 'vitest';
import { settingsForm, toSettings, toValues } from './form.ts';

const settings = {
  riskThreshold: 0.5,
  allowedHosts: ['erp.local', '10.0.0.5:8080'],
  mailFrom: '',
  model: '',
  retention: { eventsDays: 90, valuesDays: 365 },
  memory: { mostItems: 1_000, episodicDays: null },
};

it('keeps what is stored when nothing is changed', () => {
  expect(toSettings(toValues('Northwind', settings))).toEqual(settings);
});

it('takes hosts line by line and names the one that is wrong', () => {
  const values = { ...toValues('Northwind', settings), allowedHosts: 'ERP.local\n\n a b ' };
  const result = settingsForm.safeParse(values);
  expect(result.error?.issues[0]?.message).toContain('“a b” is not a host');
  expect(toSettings({ ...values, allowedHosts: 'ERP.local,\nb.test' }).allowedHosts).toEqual(['erp.local', 'b.test']);
});

it('refuses a threshold outside 0 to 1, and a project without a name', () => {
  const bad = settingsForm.safeParse({ ...toValues(' ', settings), riskThreshold: 1.2 });
  expect(bad.error?.issues.map((issue) => issue.path[0])).toEqual(['name', 'riskThreshold']);
});
