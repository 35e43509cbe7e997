package functions

import (
	"errors"
	"fmt"
	"math/big"
	"net/netip"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

func networkFunctions() map[string]entry {
	return map[string]entry{
		"cidrcontains": {fn: cidrContains()},
		"cidrhost":     {fn: cidrHost()},
		"cidrnetmask":  {fn: cidrNetmask()},
		"cidrsubnet":   {fn: cidrSubnet()},
		"cidrsubnets":  {fn: cidrSubnets()},
	}
}

// parsePrefix reads an address block; the bits of the host are dropped. An IPv4
// block written as one of IPv6 counts as IPv4.
func parsePrefix(text string) (netip.Prefix, error) {
	address, length, found := strings.Cut(text, "/")
	addr, err := parseAddress(address)
	bits, isNumber := smallNumber(length)
	if !found || err != nil || !isNumber || bits > addr.BitLen() {
		return netip.Prefix{}, fmt.Errorf("invalid CIDR expression: %q is not an address block like 10.0.0.0/16", text)
	}
	if addr.Is4In6() && bits >= 96 {
		addr, bits = addr.Unmap(), bits-96
	}
	return addr.Prefix(bits)
}

// parseAddress takes decimal octets with leading zeros, as Terraform does for
// the sake of old configurations.
func parseAddress(text string) (netip.Addr, error) {
	colon := strings.LastIndexByte(text, ':')
	octets := strings.Split(text[colon+1:], ".")
	for i, octet := range octets {
		if len(octets) == 4 && len(octet) > 1 {
			octets[i] = strings.TrimLeft(octet[:len(octet)-1], "0") + octet[len(octet)-1:]
		}
	}
	addr, err := netip.ParseAddr(text[:colon+1] + strings.Join(octets, "."))
	if err == nil && addr.Zone() != "" {
		return netip.Addr{}, errors.New("an address with a zone")
	}
	return addr, err
}

func smallNumber(digits string) (int, bool) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

func wholeNumber(v cty.Value, arg int) (*big.Int, error) {
	n := v.AsBigFloat()
	if !n.IsInt() {
		return nil, function.NewArgErrorf(arg, "must be a whole number")
	}
	whole, _ := n.Int(nil)
	return whole, nil
}

// prefixLength reads by how many bits a prefix is extended.
func prefixLength(prefix netip.Prefix, v cty.Value, arg int) (int, error) {
	bits, err := wholeNumber(v, arg)
	if err != nil {
		return 0, err
	}
	room := int64(prefix.Addr().BitLen() - prefix.Bits())
	if bits.Sign() < 0 || bits.Cmp(big.NewInt(room)) > 0 {
		return 0, function.NewArgErrorf(arg, "a prefix of %d bits cannot be extended by %s", prefix.Bits(), bits)
	}
	return prefix.Bits() + int(bits.Int64()), nil
}

func addressNumber(addr netip.Addr) *big.Int { return new(big.Int).SetBytes(addr.AsSlice()) }

// numberAddress turns a number into an address of the same family as another.
func numberAddress(n *big.Int, like netip.Addr) netip.Addr {
	addr, _ := netip.AddrFromSlice(n.FillBytes(make([]byte, like.BitLen()/8)))
	return addr
}

// blockSize is the number of addresses of a block.
func blockSize(addr netip.Addr, bits int) *big.Int {
	return new(big.Int).Lsh(big.NewInt(1), uint(addr.BitLen()-bits))
}

// cidrHost counts from the end of the block for negative numbers.
func cidrHost() function.Function {
	return fixed(cty.String, func(args []cty.Value) (cty.Value, error) {
		prefix, err := parsePrefix(args[0].AsString())
		if err != nil {
			return cty.NilVal, function.NewArgError(0, err)
		}
		number, err := wholeNumber(args[1], 1)
		if err != nil {
			return cty.NilVal, err
		}
		hosts := blockSize(prefix.Addr(), prefix.Bits())
		host := new(big.Int).Set(number)
		if host.Sign() < 0 {
			host.Add(host, hosts)
		}
		if host.Sign() < 0 || host.Cmp(hosts) >= 0 {
			return cty.NilVal, function.NewArgErrorf(1, "a prefix of %d bits does not accommodate a host numbered %s", prefix.Bits(), number)
		}
		host.Add(host, addressNumber(prefix.Addr()))
		return cty.StringVal(numberAddress(host, prefix.Addr()).String()), nil
	}, textParam("prefix"), numberParam("hostnum"))
}

func cidrNetmask() function.Function {
	return ofText(cty.String, func(in []string) (cty.Value, error) {
		prefix, err := parsePrefix(in[0])
		if err != nil {
			return cty.NilVal, function.NewArgError(0, err)
		}
		if !prefix.Addr().Is4() {
			return cty.NilVal, function.NewArgErrorf(0, "IPv6 addresses cannot have a netmask: %s", in[0])
		}
		mask := new(big.Int).Sub(big.NewInt(1<<32), blockSize(prefix.Addr(), prefix.Bits()))
		return cty.StringVal(numberAddress(mask, prefix.Addr()).String()), nil
	}, "prefix")
}

func cidrSubnet() function.Function {
	return fixed(cty.String, func(args []cty.Value) (cty.Value, error) {
		prefix, err := parsePrefix(args[0].AsString())
		if err != nil {
			return cty.NilVal, function.NewArgError(0, err)
		}
		bits, err := prefixLength(prefix, args[1], 1)
		if err != nil {
			return cty.NilVal, err
		}
		number, err := wholeNumber(args[2], 2)
		if err != nil {
			return cty.NilVal, err
		}
		if number.Sign() < 0 || number.BitLen() > bits-prefix.Bits() {
			return cty.NilVal, function.NewArgErrorf(2, "a prefix extension of %d bits does not accommodate a subnet numbered %s", bits-prefix.Bits(), number)
		}
		start := new(big.Int).Mul(number, blockSize(prefix.Addr(), bits))
		start.Add(start, addressNumber(prefix.Addr()))
		return subnet(start, prefix.Addr(), bits), nil
	}, textParam("prefix"), numberParam("newbits"), numberParam("netnum"))
}

func subnet(start *big.Int, like netip.Addr, bits int) cty.Value {
	return cty.StringVal(netip.PrefixFrom(numberAddress(start, like), bits).String())
}

// cidrSubnets allocates one block after the other, each at the next place where
// a block of its size may start.
func cidrSubnets() function.Function {
	rest := numberParam("newbits")
	return function.New(&function.Spec{
		Params:       []function.Parameter{textParam("prefix")},
		VarParam:     &rest,
		Type:         function.StaticReturnType(cty.List(cty.String)),
		RefineResult: notNull,
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			prefix, err := parsePrefix(args[0].AsString())
			if err != nil {
				return cty.NilVal, function.NewArgError(0, err)
			}
			if len(args) == 1 {
				return cty.ListValEmpty(cty.String), nil
			}
			subnets := make([]cty.Value, len(args)-1)
			next := addressNumber(prefix.Addr())
			end := new(big.Int).Add(next, blockSize(prefix.Addr(), prefix.Bits()))
			for i, newBits := range args[1:] {
				bits, err := prefixLength(prefix, newBits, i+1)
				if err != nil {
					return cty.NilVal, err
				}
				if bits == prefix.Bits() {
					return cty.NilVal, function.NewArgErrorf(i+1, "must extend the prefix by at least one bit")
				}
				size := blockSize(prefix.Addr(), bits)
				start := alignUp(next, size)
				next = new(big.Int).Add(start, size)
				if next.Cmp(end) > 0 {
					return cty.NilVal, function.NewArgErrorf(i+1, "not enough remaining address space for a subnet with a prefix of %d bits", bits)
				}
				subnets[i] = subnet(start, prefix.Addr(), bits)
			}
			return cty.ListVal(subnets), nil
		},
	})
}

// alignUp returns the first multiple of size from n on.
func alignUp(n, size *big.Int) *big.Int {
	up := new(big.Int).Add(n, size)
	up.Sub(up, big.NewInt(1))
	up.Div(up, size)
	return up.Mul(up, size)
}

// cidrContains is OpenTofu's; it also tells whether a block lies in another.
func cidrContains() function.Function {
	return ofText(cty.Bool, func(in []string) (cty.Value, error) {
		outer, err := parsePrefix(in[0])
		if err != nil {
			return cty.NilVal, function.NewArgError(0, err)
		}
		addr, err := parseAddress(in[1])
		bits := addr.BitLen()
		if err != nil {
			inner, err := parsePrefix(in[1])
			if err != nil {
				return cty.NilVal, function.NewArgErrorf(1, "%q is neither an address nor an address block", in[1])
			}
			addr, bits = inner.Addr(), inner.Bits()
		}
		if addr.BitLen() != outer.Addr().BitLen() {
			return cty.NilVal, fmt.Errorf("address family mismatch: %s and %s", in[0], in[1])
		}
		return cty.BoolVal(bits >= outer.Bits() && outer.Contains(addr)), nil
	}, "containing_prefix", "contained_ip_or_prefix")
}
