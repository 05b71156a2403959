/* Addresses: the edges of every range that is never called. */
#include "base/address.h"

#include "rig.h"

#include <arpa/inet.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct sockaddr_storage address_of(const char *numbers)
{
    struct sockaddr_storage address = { .ss_family = AF_UNSPEC };
    struct sockaddr_in *four = (struct sockaddr_in *)&address;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&address;
    if (inet_pton(AF_INET, numbers, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
    } else {
        assert_int_equal(inet_pton(AF_INET6, numbers, &six->sin6_addr), 1);
        six->sin6_family = AF_INET6;
    }
    return address;
}

static void test_never_called(void **state)
{
    (void)state;
    static const char *const never[][2] = {
        { "169.254.169.254", "a cloud's metadata service" },  { "100.100.100.200", "a cloud's metadata service" },
        { "fd00:ec2::254", "a cloud's metadata service" },    { "fd00:ec2::23", "a cloud's metadata service" },
        { "fd20:ce::254", "a cloud's metadata service" },     { "169.254.0.0", "link-local" },
        { "169.254.255.255", "link-local" },                  { "fe80::", "link-local" },
        { "febf:ffff::1", "link-local" },                     { "224.0.0.0", "multicast" },
        { "239.255.255.255", "multicast" },                   { "ff00::", "multicast" },
        { "ffff::1", "multicast" },                           { "0.0.0.0", "unspecified" },
        { "0.255.255.255", "unspecified" },                   { "::", "unspecified" },
        { "255.255.255.255", "broadcast" },                   { "::ffff:169.254.1.1", "link-local" },
        { "::ffff:0.0.0.0", "unspecified" },
        { "64:ff9b::169.254.169.254", "a cloud's metadata service" },
        { "::169.254.169.254", "a cloud's metadata service" },
        { "2002:a9fe:a9fe::1", "a cloud's metadata service" },
    };
    for (size_t i = 0; i < COUNT(never); i++) {
        const struct sockaddr_storage address = address_of(never[i][0]);
        const char *kind = address_never_called((const struct sockaddr *)&address);
        if (!kind || strcmp(kind, never[i][1]) != 0)
            fail_msg("%s: %s", never[i][0], kind ? kind : "may be called");
    }
    const struct sockaddr_storage local = { .ss_family = AF_UNIX };
    assert_string_equal(address_never_called((const struct sockaddr *)&local), "not an Internet address");
}

static void test_may_be_called(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.253.255.255", "169.255.0.0", "223.255.255.255",
        "240.0.0.1", "255.255.255.254", "1.0.0.0", "100.100.100.201", "::1", "fe7f:ffff::", "fec0::",
        "fd00:ec2::253", "::ffff:127.0.0.1", "64:ff9b::8.8.8.8", "2001:db8::", "feff::1", "2002:808:808::1",
        "fc00::1", "64:ff9b:1::a9fe:1",
    };
    for (size_t i = 0; i < COUNT(fine); i++) {
        const struct sockaddr_storage address = address_of(fine[i]);
        const char *kind = address_never_called((const struct sockaddr *)&address);
        if (kind)
            fail_msg("%s: %s", fine[i], kind);
    }
}

static void test_loopback(void **state)
{
    (void)state;
    static const struct {
        const char *numbers;
        bool is;
    } all[] = {
        { "127.0.0.1", true },  { "127.255.255.255", true },   { "126.255.255.255", false },
        { "128.0.0.0", false }, { "0.0.0.0", false },          { "::1", true },
        { "::2", false },       { "::", false },               { "::ffff:127.0.0.1", true },
        { "::127.0.0.1", false }, { "::ffff:128.0.0.1", false }, { "64:ff9b::127.0.0.1", false },
    };
    for (size_t i = 0; i < COUNT(all); i++) {
        const struct sockaddr_storage address = address_of(all[i].numbers);
        if (address_is_loopback((const struct sockaddr *)&address) != all[i].is)
            fail_msg("%s", all[i].numbers);
    }
    const struct sockaddr_storage local = { .ss_family = AF_UNIX };
    assert_false(address_is_loopback((const struct sockaddr *)&local));
}

static void test_reach(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        enum address_reach reach;
    } rows[] = {
        { "9.255.255.255", REACH_PUBLIC },     { "10.0.0.0", REACH_PRIVATE },       { "10.255.255.255", REACH_PRIVATE },
        { "11.0.0.0", REACH_PUBLIC },          { "172.15.255.255", REACH_PUBLIC },  { "172.16.0.0", REACH_PRIVATE },
        { "172.31.255.255", REACH_PRIVATE },   { "172.32.0.0", REACH_PUBLIC },      { "192.168.0.1", REACH_PRIVATE },
        { "192.169.0.0", REACH_PUBLIC },       { "100.64.0.1", REACH_PRIVATE },     { "100.128.0.0", REACH_PUBLIC },
        { "127.0.0.1", REACH_LOOPBACK },       { "::1", REACH_LOOPBACK },           { "fc00::1", REACH_PRIVATE },
        { "fdff::1", REACH_PRIVATE },          { "fe00::1", REACH_PUBLIC },         { "2001:db8::1", REACH_PUBLIC },
        { "::ffff:10.0.0.1", REACH_PRIVATE },  { "::ffff:127.0.0.1", REACH_LOOPBACK },
        { "::ffff:8.8.8.8", REACH_PUBLIC },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct sockaddr_storage address = address_of(rows[i].address);
        if (address_reach((const struct sockaddr *)&address) != rows[i].reach)
            fail_msg("%s", rows[i].address);
    }
}

static void test_format(void **state)
{
    (void)state;
    static const char *const all[] = { "127.0.0.1", "255.255.255.255", "::1", "2001:db8::a9fe:1", "::ffff:1.2.3.4" };
    char numbers[ADDRESS_TEXT_SIZE];
    for (size_t i = 0; i < COUNT(all); i++) {
        const struct sockaddr_storage address = address_of(all[i]);
        address_format((const struct sockaddr *)&address, numbers);
        assert_string_equal(numbers, all[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_never_called),
        cmocka_unit_test(test_may_be_called),
        cmocka_unit_test(test_loopback),
        cmocka_unit_test(test_reach),
        cmocka_unit_test(test_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
