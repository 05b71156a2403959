#include "stored.h"

#include "api/handlers.h"
#include "fixture_specs.h"

const struct spec *const stored_specs[] = {
    &connection_spec,
    &profile_spec,
    &team_spec,
    &team_item_spec,
    &fixture_organization,
    &fixture_team,
    &fixture_person,
    &fixture_member,
    &fixture_custom_integration,
    &fixture_integration,
    NULL,
};
