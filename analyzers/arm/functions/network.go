package functions

import (
	"math/big"
	"net/netip"

	"github.com/drlint/drlint/internal/resource"
)

var networkFunctions = []function{
	{name: "parseCidr", least: 1, most: 1, call: (*caller).parseCIDR},
	{name: "cidrSubnet", least: 3, most: 3, call: (*caller).cidrSubnet},
	{name: "cidrHost", least: 2, most: 2, call: (*caller).cidrHost},
}

func (c *caller) prefix(v resource.Value) (netip.Prefix, bool) {
	if !v.IsKnown() || v.Kind != resource.String {
		return netip.Prefix{}, false
	}
	prefix, err := netip.ParsePrefix(v.Text)
	return prefix.Masked(), err == nil
}

func (c *caller) parseCIDR(args []resource.Value) resource.Value {
	prefix, ok := c.prefix(args[0])
	if !ok {
		return c.misused("is not given a range of addresses", args...)
	}
	first, last := addressNumber(prefix.Addr()), lastNumber(prefix)
	text := func(name, value string) resource.Field {
		return resource.Field{Name: name, At: c.At, Value: resource.StringAt(c.At, value)}
	}
	shift := func(number *big.Int, by int64) string {
		return numberAddress(new(big.Int).Add(number, big.NewInt(by)), prefix).String()
	}
	fields := []resource.Field{text("network", prefix.Addr().String()), text("netmask", netmask(prefix))}
	if prefix.Addr().Is4() {
		fields = append(fields, text("broadcast", shift(last, 0)))
	}
	usable := int64(1)
	if prefix.Bits() >= prefix.Addr().BitLen()-1 || prefix.Addr().Is6() {
		usable = 0
	}
	fields = append(fields, text("firstUsable", shift(first, usable)), text("lastUsable", shift(last, -usable)))
	bits := resource.Field{Name: "cidr", At: c.At, Value: resource.NumberAt(c.At, float64(prefix.Bits()))}
	return c.object(append(fields, bits), args...)
}

func (c *caller) cidrSubnet(args []resource.Value) resource.Value {
	prefix, ok1 := c.prefix(args[0])
	bits, ok2 := whole(args[1])
	place, ok3 := whole(args[2])
	if !ok1 || !ok2 || !ok3 || bits < prefix.Bits() || bits > prefix.Addr().BitLen() || place < 0 {
		return c.misused("takes a range of addresses, a longer prefix and an index", args...)
	}
	offset := new(big.Int).Lsh(big.NewInt(int64(place)), uint(prefix.Addr().BitLen()-bits))
	start := offset.Add(offset, addressNumber(prefix.Addr()))
	if start.Cmp(lastNumber(prefix)) > 0 {
		return c.misused("reaches past the end of its range of addresses", args...)
	}
	return c.text(netip.PrefixFrom(numberAddress(start, prefix), bits).String(), args...)
}

// cidrHost counts the usable addresses of a range from 0.
func (c *caller) cidrHost(args []resource.Value) resource.Value {
	prefix, ok1 := c.prefix(args[0])
	place, ok2 := whole(args[1])
	if !ok1 || !ok2 || place < 0 {
		return c.misused("takes a range of addresses and an index", args...)
	}
	host := new(big.Int).Add(addressNumber(prefix.Addr()), big.NewInt(int64(place)+1))
	if host.Cmp(lastNumber(prefix)) > 0 {
		return c.misused("reaches past the end of its range of addresses", args...)
	}
	return c.text(numberAddress(host, prefix).String(), args...)
}

func addressNumber(address netip.Addr) *big.Int {
	return new(big.Int).SetBytes(address.AsSlice())
}

// numberAddress is the inverse of addressNumber for addresses of a range; the
// number is kept within the addresses that exist.
func numberAddress(number *big.Int, prefix netip.Prefix) netip.Addr {
	size := prefix.Addr().BitLen() / 8
	if number.Sign() < 0 || number.BitLen() > size*8 {
		return prefix.Addr()
	}
	address, _ := netip.AddrFromSlice(number.FillBytes(make([]byte, size)))
	return address
}

func lastNumber(prefix netip.Prefix) *big.Int {
	hosts := new(big.Int).Lsh(big.NewInt(1), uint(prefix.Addr().BitLen()-prefix.Bits()))
	return hosts.Sub(hosts.Add(hosts, addressNumber(prefix.Addr())), big.NewInt(1))
}

func netmask(prefix netip.Prefix) string {
	length := prefix.Addr().BitLen()
	ones := new(big.Int).Lsh(big.NewInt(1), uint(length))
	ones.Sub(ones, new(big.Int).Lsh(big.NewInt(1), uint(length-prefix.Bits())))
	return numberAddress(ones, prefix).String()
}
