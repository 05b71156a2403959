// The circles of files that a room of server/ has, each with its reason. A new one is a mistake, or comes here with its own.

export const listed = [
    { of: 'store/internal store/query store/space_tables store/store store/touched', because: 'one module in five files, internal.h being what they share' },
    { of: 'spec/parse spec/spec', because: 'parse.h has the types of spec.h and the steps that spec.c calls' },
    { of: 'cli/config cli/options', because: 'the options set members of struct config, whose defaults are read as options' },
    { of: 'net/hop net/outbound', because: 'a hop is a part of a call, and a call makes hops' },
    { of: 'net/tls net/tls_auto', because: 'what --tls auto makes is an identity of tls.h' },
    { of: 'space/events space/fault_order space/faults space/ids space/match space/space',
        because: 'a space has its faults, whose match names events; an event has an id, and that is of the space\'s seed' },
    { of: 'api/case_runs api/cases api/connections api/publish api/run_moves api/schedule_runs',
        because: 'what changes publishes that, and what is published is the object of that resource; a schedule and a case start a run, and what is due may be one' },
    { of: 'space/directory space/fill', because: 'the directory fills a new space, and filling is a plan of the directory' },
    { of: 'space/journal space/journal_block', because: 'one module in two files: what an entry is, and the ring of them' },
];
