-- What the operator says of a question and an item: that it should be found, or that it is not relevant.
alter table recall_expectation add column relevant boolean not null default true;
